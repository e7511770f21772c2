#include "adapters/store/comments.hpp"

#include "adapters/store/statement_list.hpp"

#include <algorithm>
#include <utility>

namespace hcp::store {

using ports::CommentRow;

namespace {

constexpr struct {
    Statement insert{"comments.insert", "{insert comments}"};
    Statement insert_late{"comments.insert_late", "{insert late_comments}"};
    Statement of{"comments.of", "select {comments} from comments where evaluation_id in (@ids)"};
    Statement late_of{"comments.late_of", "select {late_comments} from late_comments where evaluation_id in (@ids)"};
    Statement after{"comments.after", "select {comments} from comments where id > :after order by id {limit :limit}"};
    Statement late_after{"comments.late_after",
                         "select {late_comments} from late_comments where id > :after order by id {limit :limit}"};
} comments_sql;

CommentRow late(LateCommentRow said) {
    said.row.revision = 0;
    return std::move(said.row);
}

void order(std::vector<CommentRow>& rows) {
    std::ranges::sort(rows, {}, &CommentRow::id);
}

}  // namespace

std::vector<const Statement*> SqlComments::statements() {
    return list_of(comments_sql);
}

result<std::vector<CommentRow>> SqlComments::of(std::span<const EvaluationId> ids) {
    return unit_.guarded([&] {
        std::vector<CommentRow> out;
        unit_.query_list(comments_sql.of, list(ids), [&](Decoder from) { out.push_back(from.row<CommentRow>()); });
        unit_.query_list(comments_sql.late_of, list(ids),
                         [&](Decoder from) { out.push_back(late(from.row<LateCommentRow>())); });
        order(out);
        return out;
    });
}

result<std::vector<CommentRow>> SqlComments::after(CommentId id, std::size_t limit) {
    return unit_.guarded([&] {
        const auto page = with("after", id.value(), "limit", limit);
        auto out = unit_.rows<CommentRow>(comments_sql.after, page);
        for (auto& said : unit_.rows<LateCommentRow>(comments_sql.late_after, page))
            out.push_back(late(std::move(said)));
        order(out);
        out.resize(std::min(out.size(), limit));
        return out;
    });
}

result<void> SqlComments::insert(std::span<const CommentRow> all) {
    return unit_.guarded([&] {
        std::vector<CommentRow> revisions;
        std::vector<LateCommentRow> late;
        for (const auto& row : all)
            if (row.revision > 0)
                revisions.push_back(row);
            else
                late.push_back({row});
        unit_.insert(comments_sql.insert, std::span<const CommentRow>{revisions});
        unit_.insert(comments_sql.insert_late, std::span<const LateCommentRow>{late});
    });
}

}  // namespace hcp::store
