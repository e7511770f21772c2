#pragma once
#include "plugin/run/mutex.hpp"

#include <chrono>
#include <cstdint>
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
    const std::size_t max_keys_;
    const std::string seed_;
    run::Mutex mutex_;
    std::chrono::nanoseconds interval_ HCP_GUARDED_BY(mutex_);
    std::unordered_map<std::size_t, Time> full_at_ HCP_GUARDED_BY(mutex_);
};

}  // namespace hcp::web
