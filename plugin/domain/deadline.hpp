#pragma once
#include "plugin/domain/calendar.hpp"
#include "plugin/domain/time.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hcp::domain {

enum class Anchor : std::int32_t {
    excluded = 1,   // “办结后”: the day itself does not count (M7)
    inclusive = 2,  // “自当日起”: it is the first day; on a day off, the next working day is (M10, E2)
};
enum class DayKind : std::int32_t { working = 1, natural = 2 };
enum class DeadlineEnd : std::int32_t { midnight = 1, close_of_business = 2 };

// "Within five working days", in full.
struct Term {
    int days = 5;  // from 1
    DayKind kind = DayKind::working;
    Anchor anchor = Anchor::excluded;
    DeadlineEnd end = DeadlineEnd::midnight;
    std::chrono::minutes close_of_business{17 * 60};  // +08:00, on the last day; only with that end
    bool local = false;                               // local days count too: M10 and the departments' clocks (E54)
    friend bool operator==(const Term&, const Term&) = default;
};

// `at` is the first instant that is too late: something received at t is in time while t < at.
struct Deadline {
    Instant at;
    bool provisional = false;  // counted through a year whose notice was not out (E19)
    bool local = false;        // as the term
    std::vector<Day> counted;  // the days that count, first to last
    friend bool operator==(const Deadline&, const Deadline&) = default;
};

// Days, ordered, that count for nobody (E51).
using LostDays = std::span<const Day>;

// A count of natural days that would end on a day off ends on the next working day (E49).
[[nodiscard]] Deadline deadline(const Calendar& calendar, Day from, const Term& term, LostDays lost = {});

// E20: what a deadline becomes when the calendar changed while it ran. It may move away, never nearer: where the new
// count ends earlier the old end stays, with the days it was counted by, and only whether it is provisional is taken
// over.
[[nodiscard]] Deadline extended(Deadline running, const Deadline& recounted);

// What a policy says of how long a subject may answer: M7, and of a completion on site M10 as well, whichever is later
// (E48).
struct WindowTerms {
    Term completed;
    std::optional<Term> on_site;
    friend bool operator==(const WindowTerms&, const WindowTerms&) = default;
};

// Both ends are kept and shown; `effective` is the one that counts: it runs from the day of opening, excluded, when
// that is after the day of completion (E33).
struct Window {
    Deadline by_completion;
    Deadline effective;
    friend bool operator==(const Window&, const Window&) = default;
};

[[nodiscard]] Window window(const Calendar& calendar, Instant completed, Instant opened, const WindowTerms& terms,
                            LostDays lost = {});
[[nodiscard]] Window extended(Window running, const Window& recounted);

// E16: the clock stopped on the day an appeal was accepted and runs again on the day it was denied, with the days that
// were left; the day of acceptance was not used, the day of denial counts when it is a working day. A deadline already
// past stays past.
[[nodiscard]] Deadline resumed(const Calendar& calendar, Deadline running, Day accepted, Day denied, const Term& term);

// For the people a deadline binds: “09-28①, 09-29②, …；10-01—10-07 休；截止 10-09 24:00”. Days of another year than
// `from` carry it; working days that were lost are named.
[[nodiscard]] std::string explain(const Calendar& calendar, Day from, const Deadline& deadline, LostDays lost = {});
[[nodiscard]] std::string explain(const Calendar& calendar, Instant completed, Instant opened, const Window& window,
                                  LostDays lost = {});

}  // namespace hcp::domain
