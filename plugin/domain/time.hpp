#pragma once
#include <chrono>
#include <cstdint>

namespace hcp::domain {

// Always UTC. Where types end (ABI, SQL, JSON) it is an int64 named `_us`.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

// A civil day in Asia/Shanghai, which has been UTC+08:00 without summer time since 1991 (E22). The host's TZ plays no
// part.
using Day = std::chrono::local_days;

inline constexpr std::chrono::hours shanghai_offset{8};

[[nodiscard]] constexpr Instant instant_from_us(std::int64_t us) noexcept {
    return Instant{std::chrono::microseconds{us}};
}
[[nodiscard]] constexpr std::int64_t to_us(Instant t) noexcept {
    return t.time_since_epoch().count();
}

[[nodiscard]] constexpr Day day_of(Instant t) noexcept {
    return Day{std::chrono::floor<std::chrono::days>(t + shanghai_offset).time_since_epoch()};
}
// The first instant of the day, 00:00 +08:00.
[[nodiscard]] constexpr Instant start_of(Day d) noexcept {
    return Instant{std::chrono::sys_days{d.time_since_epoch()}} - shanghai_offset;
}

}  // namespace hcp::domain
