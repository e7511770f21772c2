#include "plugin/app/rating/preview_calendar.hpp"

#include "plugin/app/rating/recount.hpp"
#include "plugin/record/follow_rules.hpp"

#include <boost/json.hpp>

#include <utility>

namespace hcp::app {

using namespace domain;

namespace {

constexpr std::size_t page_size = 1000;

void add(CalendarPreview::Kind& to, std::size_t limit, WouldMove move) {
    if (move.after == move.before) return;
    ++to.moved;
    if (to.first.size() < limit) to.first.push_back(std::move(move));
}

// `page(rows, after)` answers rows by id, of which `take` answers the id.
template <class Id, class Page, class Take>
ports::result<void> each_page(ports::Store& store, const std::function<bool()>& cancelled, const Page& page,
                              const Take& take) {
    for (Id after{}; !cancelled();) {
        HCP_TRY(const auto all, ports::ask(store, [&](ports::Snapshot& rows) { return page(rows, after); }));
        for (const auto& one : all) after = take(one);
        if (all.size() < page_size) break;
    }
    return {};
}

boost::json::object json_of(const CalendarPreview::Kind& kind) {
    boost::json::array first;
    for (const auto& one : kind.first)
        first.push_back({{"id", std::to_string(one.id)},
                         {"case_no", one.case_no},
                         {"before_us", to_us(one.before)},
                         {"after_us", to_us(one.after)}});
    return {{"looked_at", kind.looked_at}, {"moved", kind.moved}, {"first", std::move(first)}};
}

}  // namespace

ports::result<CalendarPreview> preview_calendar(ports::Store& store, const ports::RuleTexts& texts,
                                                const record::Rules& offered, Instant now, std::size_t limit,
                                                const std::function<bool()>& cancelled) {
    auto rules = offered;
    std::vector<CalendarSince> history;
    HCP_CHECK(store.read([&](ports::Snapshot& rows) -> ports::result<void> {
        HCP_TRY(rules.lost_days, rows.presences().lost_days());
        HCP_TRY(history, record::calendars_in(rows.references(), texts));
        return {};
    }));
    history.push_back({rules.calendar, now});
    const auto heard = foretold(rules.calendar, history);

    CalendarPreview preview;
    HCP_CHECK(each_page<EvaluationId>(
        store, cancelled,
        [](ports::Snapshot& rows, EvaluationId after) { return rows.evaluations().open_after(after, page_size); },
        [&](const ports::EvaluationView& view) {
            const auto& row = view.evaluation;
            if (!row.secrecy.may_be_told()) return row.id;
            ++preview.windows.looked_at;
            if (const auto anew = recounted(rules, view))
                add(preview.windows, limit, {row.id.value(), view.case_row.case_no, row.deadline, anew->deadline});
            return row.id;
        }));
    HCP_CHECK(each_page<TicketId>(
        store, cancelled,
        [](ports::Snapshot& rows, TicketId after) { return rows.tickets().running_after(after, page_size); },
        [&](const ports::RunningTicket& running) {
            const auto& row = running.ticket;
            if (!running.evaluation.secrecy.may_be_told()) return row.id;
            ++preview.contacts.looked_at;
            ++preview.rectifications.looked_at;
            const auto anew = recounted(rules, heard, running);
            if (!anew) return row.id;
            const auto id = row.id.value();
            const auto& case_no = running.case_row.case_no;
            add(preview.contacts, limit, {id, case_no, *row.contact_deadline, anew->contact_deadline});
            add(preview.rectifications, limit, {id, case_no, *row.rectify_deadline, anew->rectify_deadline});
            return row.id;
        }));
    return preview;
}

boost::json::object json_of(const CalendarPreview& preview) {
    return {{"windows", json_of(preview.windows)},
            {"contacts", json_of(preview.contacts)},
            {"rectifications", json_of(preview.rectifications)}};
}

}  // namespace hcp::app
