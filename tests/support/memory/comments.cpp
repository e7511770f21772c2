#include "tests/support/memory/comments.hpp"

#include <set>

namespace hcp::test::memory {

result<std::vector<CommentRow>> MemoryComments::of(std::span<const EvaluationId> ids) {
    const std::set<EvaluationId> asked{ids.begin(), ids.end()};
    std::vector<CommentRow> out;
    for (const auto& [key, row] : unit_.tables.comments)
        if (asked.contains(row.evaluation_id)) out.push_back(row);
    return out;
}

result<std::vector<CommentRow>> MemoryComments::after(CommentId id, std::size_t limit) {
    return page(unit_.tables.comments, id, limit);
}

result<void> MemoryComments::insert(std::span<const CommentRow> all) {
    return unit_.guarded([&] {
        for (const auto& row : all) {
            refuse_unless(unit_.tables.evaluations.contains(row.evaluation_id));
            const std::pair key{row.evaluation_id, row.revision};
            conflict_if(unit_.tables.comments.contains(row.id) || unit_.tables.comments_by_revision.contains(key));
            unit_.tables.comments.put(unit_.undo, row.id, row);
            if (row.revision > 0) unit_.tables.comments_by_revision.put(unit_.undo, key, row.id);
        }
    });
}

}  // namespace hcp::test::memory
