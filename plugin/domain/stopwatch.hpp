#pragma once
#include "plugin/domain/calendar.hpp"
#include "plugin/domain/catalogue.hpp"
#include "plugin/domain/presence.hpp"
#include "plugin/domain/time.hpp"

#include <chrono>
#include <optional>

// M6.1: what was promised of the time that an item takes, and what was used of it, by the host's own times. Nobody need
// rate for it.
namespace hcp::domain {

struct Handled {
    std::optional<Instant> accepted, promised;  // as the host says
    Instant completed;
};

struct Stopwatch {
    std::optional<Promise> promise;            // of the item; nothing: it has none that is known
    std::optional<Instant> due;                // the first instant that is too late
    std::optional<std::chrono::minutes> used;  // of office hours, from acceptance to completion
    std::optional<bool> over;                  // nothing: it cannot be told
    friend bool operator==(const Stopwatch&, const Stopwatch&) = default;
};

// What the host promised of this case goes before what the item promises. “当场” is until the end of the working day of
// the acceptance, or of the next one; a number of working days ends at midnight, a number of hours in office hours.
// “一次” cannot be told from times. Null: no item is known.
[[nodiscard]] Stopwatch stopwatch(const Item* item, const Handled& handled, const Calendar& calendar,
                                  const OfficeHours& office);

// Of [from, to); by the calendar with its local days.
[[nodiscard]] std::chrono::minutes office_time(Instant from, Instant to, const Calendar& calendar,
                                               const OfficeHours& office);

}  // namespace hcp::domain
