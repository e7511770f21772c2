#include "adapters/store/comments.hpp"

#include "adapters/store/statement_list.hpp"

#include <utility>

namespace hcp::store {

using ports::CommentRow;

namespace {

constexpr struct {
    Statement insert{"comments.insert", "{insert late_comments}"};
    Statement by_request{"comments.by_request", R"(
        select {late_comments} from late_comments
        where evaluation_id = :evaluation_id and request_digest = :request_digest order by id {limit :limit})"};
    Statement of{"comments.of", "select {late_comments} from late_comments where evaluation_id in (@ids) order by id"};
    Statement after{"comments.after",
                    "select {late_comments} from late_comments where id > :after order by id {limit :limit}"};
} sql;

}  // namespace

std::vector<const Statement*> SqlComments::statements() {
    return list_of(sql);
}

result<std::optional<CommentRow>> SqlComments::by_request(EvaluationId id, const Digest& request) {
    return unit_.guarded([&]() -> std::optional<CommentRow> {
        auto found =
            unit_.rows<CommentRow>(sql.by_request, with("evaluation_id", id, "request_digest", request, "limit", 1));
        if (found.empty()) return std::nullopt;
        return std::move(found.front());
    });
}

result<std::vector<CommentRow>> SqlComments::of(std::span<const EvaluationId> ids) {
    return unit_.guarded([&] {
        std::vector<CommentRow> out;
        unit_.query_list(sql.of, list(ids), [&](Decoder from) { out.push_back(from.row<CommentRow>()); });
        return out;
    });
}

result<std::vector<CommentRow>> SqlComments::after(CommentId id, std::size_t limit) {
    return unit_.guarded([&] { return unit_.rows<CommentRow>(sql.after, with("after", id.value(), "limit", limit)); });
}

result<void> SqlComments::insert(std::span<const CommentRow> all) {
    return unit_.guarded([&] { unit_.insert(sql.insert, all); });
}

}  // namespace hcp::store
