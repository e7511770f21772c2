#include "tests/support/memory/tickets.hpp"

namespace hcp::test::memory {

result<std::vector<TicketRow>> MemoryTickets::after(TicketId id, std::size_t limit) {
    return page(unit_.tables.tickets, id, limit);
}

result<void> MemoryTickets::insert(std::span<const TicketRow> all) {
    return unit_.guarded([&] {
        auto& t = unit_.tables;
        for (const auto& row : all) {
            refuse_unless(t.evaluations.contains(row.evaluation_id));
            const bool of_rating = row.rating_id != RatingId{}, of_comment = row.comment_id != CommentId{};
            conflict_if(t.tickets.contains(row.id) || (of_rating && t.tickets_by_rating.contains(row.rating_id)) ||
                        (of_comment && t.tickets_by_comment.contains(row.comment_id)));
            t.tickets.put(unit_.undo, row.id, row);
            if (of_rating) t.tickets_by_rating.put(unit_.undo, row.rating_id, row.id);
            if (of_comment) t.tickets_by_comment.put(unit_.undo, row.comment_id, row.id);
        }
    });
}

}  // namespace hcp::test::memory
