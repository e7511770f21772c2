#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/comments.hpp"

namespace hcp::store {

void what_was_said(auto& io, Of<ports::CommentRow> auto& r) {
    io("level_code", r.level);
    io("tags", r.tags);
    io("sealed_text", r.sealed_text);
    io("text_digest", r.text_digest);
    io("channel", r.channel);
    io("request_digest", r.request_digest);
    io("received_at_us", r.received_at);
}

void fields(auto& io, Of<ports::CommentRow> auto& r) {
    io("id", r.id);
    io("evaluation_id", r.evaluation_id);
    io("revision", r.revision);
    what_was_said(io, r);
}

// As software of before revisions stores it.
struct LateCommentRow {
    ports::CommentRow row;
};
void fields(auto& io, Of<LateCommentRow> auto& r) {
    io("id", r.row.id);
    io("evaluation_id", r.row.evaluation_id);
    what_was_said(io, r.row);
}

class SqlComments final : public ports::Comments {
public:
    explicit SqlComments(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::vector<ports::CommentRow>> of(std::span<const EvaluationId>) override;
    result<std::vector<ports::CommentRow>> after(CommentId, std::size_t limit) override;
    result<void> insert(std::span<const ports::CommentRow>) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
