#pragma once
#include "plugin/domain/time.hpp"

#include <chrono>
#include <span>
#include <vector>

// When an evaluation could be given at all (E51): silence counts only where one could speak.
namespace hcp::domain {

// Of a day, +08:00.
struct OfficeSpan {
    std::chrono::minutes from{}, until{};
    friend bool operator==(const OfficeSpan&, const OfficeSpan&) = default;
};
using OfficeHours = std::vector<OfficeSpan>;  // ordered, apart, not empty

// An instance ran with its store in reach, and there was an entrance.
struct Presence {
    Instant from, until;
};

// Whether for at least half of the day's office hours there was none. `presences`: by `from`; they may overlap.
[[nodiscard]] bool is_lost(Day day, const OfficeHours& hours, std::span<const Presence> presences);
// When that can be said of the day.
[[nodiscard]] Instant end_of_office(Day day, const OfficeHours& hours);

}  // namespace hcp::domain
