#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

namespace hcp::contract {
namespace {

void tickets_come_back(Database& database) {
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
    const auto of_rating = [&](RatingId id) {
        return reading(*store, [&](Snapshot& rows) { return rows.tickets().of_rating(id); });
    };
    REQUIRE(of_rating(rating.id));
    CHECK(same(*of_rating(rating.id), ticket));
    CHECK_FALSE(of_rating(make.id<RatingId>()));
    check_taken(*store, with(ticket, [&](auto& r) { r.id = make.id<TicketId>(); }));
    check_taken(*store, with(care, [&](auto& r) { r.id = make.id<TicketId>(); }));
}

void run_until_extended(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto o = make.open(*store);
    const auto rating = make.rating(o.evaluation), other = make.rating(make.open(*store).evaluation);
    const auto comment = make.comment(o.evaluation);
    auto ticket = make.ticket(o.evaluation, rating.id), second = make.ticket(o.evaluation, other.id);
    ticket.rectify_deadline = second.rectify_deadline = monday + 50h;
    auto care = make.ticket(o.evaluation, {}, comment.id);
    care.contact_deadline.reset();
    must(put(*store, rating, other, comment, ticket, care, second));
    const auto page = [&](TicketId after, std::size_t limit) {
        return reading(*store, [&](Snapshot& rows) { return rows.tickets().running_after(after, limit); });
    };
    const auto all = page(TicketId{}, 10);
    REQUIRE(all.size() == 2);
    CHECK(same(all[0].ticket, ticket));
    CHECK(same(all[0].evaluation, o.evaluation));
    CHECK(same(all[0].case_row, o.case_row));
    CHECK(same(all[1].ticket, second));
    CHECK(page(TicketId{}, 1).size() == 1);
    CHECK(page(second.id, 10).empty());

    const TicketTerms terms{second.id, monday + 48h, monday + 96h};
    writing(*store, [&](Transaction& tx) { return tx.tickets().extend(std::span{&terms, 1}); });
    writing(*store, [&](Transaction& tx) { return tx.tickets().extend({}); });
    second.contact_deadline = terms.contact_deadline;
    second.rectify_deadline = terms.rectify_deadline;
    CHECK(same(page(ticket.id, 10).at(0).ticket, second));
    CHECK(same(page(TicketId{}, 1).at(0).ticket, ticket));
}

}  // namespace

void add_tickets(std::vector<Clause>& all) {
    all.push_back({"tickets come back by id, one for each bad review and late comment", tickets_come_back});
    all.push_back({"tickets with clocks come with what those are counted by, and are extended", run_until_extended});
}

}  // namespace hcp::contract
