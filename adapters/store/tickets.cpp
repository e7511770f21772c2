#include "adapters/store/tickets.hpp"

#include "adapters/store/statement_list.hpp"

namespace hcp::store {

using ports::TicketRow;

namespace {

constexpr struct {
    Statement insert{"tickets.insert", "{insert tickets}"};
    Statement after{"tickets.after", "select {tickets} from tickets where id > :after order by id {limit :limit}"};
} sql;

}  // namespace

std::vector<const Statement*> SqlTickets::statements() {
    return list_of(sql);
}

result<std::vector<TicketRow>> SqlTickets::after(TicketId id, std::size_t limit) {
    return unit_.guarded([&] { return unit_.rows<TicketRow>(sql.after, with("after", id.value(), "limit", limit)); });
}

result<void> SqlTickets::insert(std::span<const TicketRow> all) {
    return unit_.guarded([&] { unit_.insert(sql.insert, all); });
}

}  // namespace hcp::store
