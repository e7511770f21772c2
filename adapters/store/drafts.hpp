#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/drafts.hpp"

namespace hcp::store {

void fields(auto& io, Of<ports::DraftRow> auto& r) {
    io("evaluation_id", r.evaluation_id);
    io("level_code", r.level);
    io("tags", r.tags);
    io("sealed_text", r.sealed_text);
    io("channel", r.channel);
    io("last_tapped_at_us", r.last_tapped_at);
    io("changed_at_us", r.changed_at);
}

class SqlDrafts final : public ports::Drafts {
public:
    explicit SqlDrafts(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<void> put(const ports::DraftRow&) override;
    result<void> drop(std::span<const EvaluationId>) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
