#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/tickets.hpp"

namespace hcp::store {

void fields(auto& io, Of<ports::TicketRow> auto& r) {
    io("id", r.id);
    io("evaluation_id", r.evaluation_id);
    io("rating_id", r.rating_id);
    io("comment_id", r.comment_id);
    io("state", r.state);
    io("level_code", r.level);
    io("real_name", r.real_name);
    io("received_at_us", r.received_at);
    io("contact_deadline_us", r.contact_deadline);
    io("rectify_deadline_us", r.rectify_deadline);
}

void fields(auto& io, Of<ports::TicketTerms> auto& r) {
    io("id", r.id);
    io("contact_deadline_us", r.contact_deadline);
    io("rectify_deadline_us", r.rectify_deadline);
}

class SqlTickets final : public ports::Tickets {
public:
    explicit SqlTickets(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::optional<ports::TicketRow>> of_rating(RatingId) override;
    result<std::vector<ports::TicketRow>> after(TicketId, std::size_t limit) override;
    result<std::vector<ports::RunningTicket>> running_after(TicketId, std::size_t limit) override;
    result<void> insert(std::span<const ports::TicketRow>) override;
    result<void> extend(std::span<const ports::TicketTerms>) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
