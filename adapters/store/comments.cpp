#include "adapters/store/comments.hpp"

#include "adapters/store/statement_list.hpp"

namespace hcp::store {

using ports::CommentRow;

namespace {

constexpr struct {
    Statement insert{"comments.insert", "{insert late_comments}"};
    Statement of{"comments.of", "select {late_comments} from late_comments where evaluation_id in (@ids) order by id"};
    Statement after{"comments.after",
                    "select {late_comments} from late_comments where id > :after order by id {limit :limit}"};
} sql;

}  // namespace

std::vector<const Statement*> SqlComments::statements() {
    return list_of(sql);
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
