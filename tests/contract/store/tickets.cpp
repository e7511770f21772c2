#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

namespace hcp::contract {
namespace {

void come_back(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto o = make.open(*store);
    const auto rating = make.rating(o.evaluation);
    const auto comment = make.comment(o.evaluation);
    const auto ticket = make.ticket(o.evaluation, rating.id);
    auto care = make.ticket(o.evaluation, {}, comment.id);
    care.contact_deadline.reset();
    must(put(*store, rating, comment, ticket, care));
    const auto page = [&](TicketId after, std::size_t limit) {
        return reading(*store, [&](Snapshot& rows) { return rows.tickets().after(after, limit); });
    };
    REQUIRE(page(TicketId{}, 1).size() == 1);
    CHECK(same(page(TicketId{}, 1)[0], ticket));
    REQUIRE(page(ticket.id, 10).size() == 1);
    CHECK(same(page(ticket.id, 10)[0], care));
    check_taken(*store, with(ticket, [&](auto& r) { r.id = make.id<TicketId>(); }));
    check_taken(*store, with(care, [&](auto& r) { r.id = make.id<TicketId>(); }));
}

}  // namespace

void add_tickets(std::vector<Clause>& all) {
    all.push_back({"tickets come back by id, one for each bad review and late comment", come_back});
}

}  // namespace hcp::contract
