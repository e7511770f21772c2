#include "plugin/app/rating/extend_deadlines.hpp"

#include "plugin/app/rating/recount.hpp"

namespace hcp::app {

using namespace record;

using namespace domain;

namespace {

// Page by page, each a transaction of its own: `take(tx, pen, last, here)` deals with the page behind `last`, which it
// leaves at the end of it, and may be called again from where it began.
template <class Id, class Take>
ports::result<Extended> in_pages(Books& books, std::size_t batch, const Take& take) {
    Extended total;
    Id after{};
    for (bool more = true; more;) {
        Extended here;
        Id last = after;
        HCP_CHECK(books.write([&](ports::Transaction& tx, Pen& pen) -> ports::result<void> {
            here = {};
            last = after;
            return take(tx, pen, last, here);
        }));
        total.looked_at += here.looked_at;
        total.extended += here.extended;
        more = here.looked_at == batch;
        after = last;
    }
    return total;
}

}  // namespace

ports::result<Extended> extend_deadlines(Books& books, const Rules& rules, std::size_t batch) {
    const auto take = [&](ports::Transaction& tx, Pen& pen, EvaluationId& last, Extended& here) -> ports::result<void> {
        HCP_TRY(const auto page, tx.evaluations().open_after(last, batch));
        std::vector<ports::NewDeadline> moved;
        for (const auto& view : page) {
            const auto& row = view.evaluation;
            last = row.id;
            ++here.looked_at;
            const auto anew = recounted(rules, view);
            if (!anew) continue;
            moved.push_back(*anew);
            here.extended += row.secrecy.counts();
            pen.enter(row.secrecy, entries::DeadlineExtended{row.id, row.deadline, anew->deadline, row.calendar_version,
                                                             anew->calendar_version});
        }
        return tx.evaluations().extend(moved);
    };
    return in_pages<EvaluationId>(books, batch, take);
}

ports::result<Extended> extend_tickets(Books& books, const Rules& rules, const Calendar& foretold, std::size_t batch) {
    const auto take = [&](ports::Transaction& tx, Pen& pen, TicketId& last, Extended& here) -> ports::result<void> {
        HCP_TRY(const auto page, tx.tickets().running_after(last, batch));
        std::vector<ports::TicketTerms> moved;
        for (const auto& running : page) {
            last = running.ticket.id;
            ++here.looked_at;
            const auto anew = recounted(rules, foretold, running);
            if (!anew) continue;
            moved.push_back(*anew);
            const auto secrecy = running.evaluation.secrecy;
            here.extended += secrecy.counts();
            pen.enter(secrecy, entries::TicketExtended{anew->id, anew->contact_deadline, anew->rectify_deadline,
                                                       rules.calendar.version()});
        }
        return tx.tickets().extend(moved);
    };
    return in_pages<TicketId>(books, batch, take);
}

}  // namespace hcp::app
