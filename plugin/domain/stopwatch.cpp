#include "plugin/domain/stopwatch.hpp"

#include "plugin/domain/deadline.hpp"

#include <algorithm>

namespace hcp::domain {
namespace {

using std::chrono::days;
using std::chrono::minutes;

// What takes longer is a fault of a clock.
constexpr days longest{3660};

// Each span of office hours from `from` on, until `take` has enough.
template <class Take>
void each_span(Instant from, const Calendar& calendar, const OfficeHours& office, const Take& take) {
    for (auto day = day_of(from); day < day_of(from) + longest; day += days{1}) {
        if (!calendar.is_working(day)) continue;
        for (const auto& span : office) {
            const auto begin = std::max(from, start_of(day) + span.from), end = start_of(day) + span.until;
            if (begin < end && !take(begin, end)) return;
        }
    }
}

std::optional<Instant> after_hours(Instant from, std::chrono::hours hours, const Calendar& calendar,
                                   const OfficeHours& office) {
    std::optional<Instant> due;
    Instant::duration left = hours;
    each_span(from, calendar, office, [&](Instant begin, Instant end) {
        if (end - begin >= left) {
            due = begin + left;
            return false;
        }
        left -= end - begin;
        return true;
    });
    return due;
}

std::optional<Instant> due_of(const Item& item, Instant accepted, const Calendar& calendar, const OfficeHours& office) {
    const auto day = day_of(accepted);
    switch (item.promise) {
        case Promise::on_the_spot: {
            Term term{.days = 1, .anchor = Anchor::inclusive};
            return deadline(calendar, day, term).at;
        }
        case Promise::once:
            return std::nullopt;
        case Promise::within:
            if (item.working_hours > 0)
                return after_hours(accepted, std::chrono::hours{item.working_hours}, calendar, office);
            if (item.working_days > 0) return deadline(calendar, day, Term{.days = item.working_days}).at;
            return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

minutes office_time(Instant from, Instant to, const Calendar& calendar, const OfficeHours& office) {
    Instant::duration sum{};
    each_span(from, calendar, office, [&](Instant begin, Instant end) {
        if (begin >= to) return false;
        sum += std::min(end, to) - begin;
        return true;
    });
    return std::chrono::floor<minutes>(sum);
}

Stopwatch stopwatch(const Item* item, const Handled& handled, const Calendar& calendar, const OfficeHours& office) {
    Stopwatch told;
    if (item != nullptr) told.promise = item->promise;
    const bool in_order = handled.accepted && *handled.accepted <= handled.completed;
    if (in_order) told.used = office_time(*handled.accepted, handled.completed, calendar, office);
    // Done at the promised time is done in time.
    if (handled.promised)
        told.due = *handled.promised + Instant::duration{1};
    else if (in_order && item != nullptr)
        told.due = due_of(*item, *handled.accepted, calendar, office);
    if (told.due) told.over = handled.completed >= *told.due;
    return told;
}

}  // namespace hcp::domain
