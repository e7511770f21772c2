#include "tests/support/memory/tickets.hpp"

namespace hcp::test::memory {

result<std::optional<TicketRow>> MemoryTickets::of_rating(RatingId id) {
    const auto* ticket = unit_.tables.tickets_by_rating.find(id);
    return ticket == nullptr ? std::nullopt : std::optional{*unit_.tables.tickets.find(*ticket)};
}

result<std::vector<TicketRow>> MemoryTickets::after(TicketId id, std::size_t limit) {
    return page(unit_.tables.tickets, id, limit);
}

result<std::vector<RunningTicket>> MemoryTickets::running_after(TicketId id, std::size_t limit) {
    std::vector<RunningTicket> running;
    const auto& t = unit_.tables;
    for (auto at = t.tickets.after(id); at != t.tickets.end() && running.size() < limit; ++at) {
        const auto& row = at->second;
        if (row.state != TicketState::fresh || !row.contact_deadline || !row.rectify_deadline) continue;
        const auto& evaluation = *t.evaluations.find(row.evaluation_id);
        running.push_back({row, evaluation, *t.cases.find(evaluation.case_id)});
    }
    return running;
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

result<void> MemoryTickets::extend(std::span<const TicketTerms> all) {
    auto& tickets = unit_.tables.tickets;
    for (const auto& one : all) {
        const auto* const known = tickets.find(one.id);
        if (known == nullptr || known->state != TicketState::fresh) continue;
        auto row = *known;
        row.contact_deadline = one.contact_deadline;
        row.rectify_deadline = one.rectify_deadline;
        tickets.put(unit_.undo, one.id, row);
    }
    return {};
}

}  // namespace hcp::test::memory
