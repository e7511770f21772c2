#pragma once
#include "plugin/domain/time.hpp"
#include "plugin/domain/vocabulary.hpp"

#include <cstdint>
#include <string>

namespace hcp::domain {

// What the counters count. Official and authored figures are both sums of these (M7.3): a default never hides among
// opinions, nor a tap among what was submitted.
enum class Metric : std::int32_t {
    opened = 1,
    voided = 2,
    withdrawn_after_rating = 3,
    comment_late = 4,
    ticket_opened = 5,
    visit = 6,
    care_ticket_opened = 7,
    authored_1 = 11,
    authored_2 = 12,
    authored_3 = 13,
    authored_4 = 14,
    authored_5 = 15,
    default_1 = 21,
    default_2 = 22,
    default_3 = 23,
    default_4 = 24,
    default_5 = 25,
    unsubmitted_1 = 31,  // begun, never submitted, and taken at the deadline (E9, E55)
    unsubmitted_2 = 32,
    unsubmitted_3 = 33,
    unsubmitted_4 = 34,
    unsubmitted_5 = 35,
};

// The ratings of a kind at a level, 11 to 15, 21 to 25, 31 to 35: the nightly recount makes the same numbers from the
// rows.
inline constexpr std::int32_t metrics_per_origin = 10, origins_before_unsubmitted = 2;
[[nodiscard]] constexpr Metric rated_metric(Origin origin, Level level, bool unsubmitted) noexcept {
    const auto kind = static_cast<std::int32_t>(origin) + (unsubmitted ? origins_before_unsubmitted : 0);
    return static_cast<Metric>(metrics_per_origin * kind + static_cast<std::int32_t>(level));
}

// A change of one counter, kept in the same transaction as what it counts. `day` is the day of completion (or visit).
struct Count {
    Day day;
    Line line = Line::unknown;
    std::string department_id, item_code;
    Metric metric = Metric::opened;
    std::int64_t n = 0;
};

}  // namespace hcp::domain
