#pragma once
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace hcp::web {

// Token buckets that hold one minute's allowance. A bucket is kept as the instant at which it will be full again
// (GCRA), and under a seeded hash of its key: no token stays in memory. Bounded. Any thread.
class RateLimiter {
public:
    using Time = std::chrono::steady_clock::time_point;

    explicit RateLimiter(std::uint32_t per_minute, std::size_t max_keys = 65'536);
    // Nothing: admitted and counted. Else how long to wait, at least a second; a refusal is not counted.
    [[nodiscard]] std::optional<std::chrono::seconds> refuse(std::string_view key, Time now);
    void set_per_minute(std::uint32_t per_minute);

private:
    std::mutex mutex_;
    std::chrono::nanoseconds interval_;
    std::size_t max_keys_;
    std::string seed_;
    std::unordered_map<std::size_t, Time> full_at_;
};

}  // namespace hcp::web
