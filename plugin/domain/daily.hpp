#pragma once
#include "plugin/domain/time.hpp"

#include <chrono>
#include <optional>

namespace hcp::domain {

// A time of the day in Shanghai that comes once a day.
class Daily {
public:
    explicit Daily(std::chrono::minutes time_of_day) noexcept : time_of_day_{time_of_day} {}

    // Whether it has come since the last call. The first call only begins to wait; a clock that jumps over several days
    // makes it come once. One that is set back from days ahead is not waited for until it is there again.
    bool has_come(Instant now) {
        const bool come = next_ && now >= *next_;
        const bool lies_too_far = next_ && *next_ - now > std::chrono::days{2};
        if (!next_ || come || lies_too_far) next_ = after(now);
        return come;
    }

private:
    [[nodiscard]] Instant after(Instant now) const {
        const auto today = start_of(day_of(now)) + time_of_day_;
        return today > now ? today : today + std::chrono::days{1};
    }

    std::chrono::minutes time_of_day_;
    std::optional<Instant> next_;
};

}  // namespace hcp::domain
