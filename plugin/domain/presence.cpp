#include "plugin/domain/presence.hpp"

#include <algorithm>

namespace hcp::domain {
namespace {

Instant::duration covered(Instant from, Instant until, std::span<const Presence> presences) {
    Instant::duration sum{};
    for (const auto& presence : presences) {
        from = std::max(from, presence.from);
        const auto end = std::min(until, presence.until);
        if (end <= from) continue;
        sum += end - from;
        from = end;
    }
    return sum;
}

}  // namespace

bool is_lost(Day day, const OfficeHours& hours, std::span<const Presence> presences) {
    Instant::duration open{}, present{};
    for (const auto& span : hours) {
        const auto from = start_of(day) + span.from, until = start_of(day) + span.until;
        open += until - from;
        present += covered(from, until, presences);
    }
    return 2 * present <= open;
}

Instant end_of_office(Day day, const OfficeHours& hours) {
    return start_of(day) + hours.back().until;
}

}  // namespace hcp::domain
