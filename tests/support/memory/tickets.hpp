#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

class MemoryTickets final : public Tickets {
public:
    explicit MemoryTickets(Unit& unit) : unit_{unit} {}
    result<std::optional<TicketRow>> of_rating(RatingId id) override;
    result<std::vector<TicketRow>> after(TicketId id, std::size_t limit) override;
    result<std::vector<RunningTicket>> running_after(TicketId id, std::size_t limit) override;
    result<void> insert(std::span<const TicketRow> all) override;
    result<void> extend(std::span<const TicketTerms> all) override;

private:
    Unit& unit_;
};

}  // namespace hcp::test::memory
