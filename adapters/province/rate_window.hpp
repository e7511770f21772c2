#pragma once
#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>

namespace hcp::province {

// Never more than `limit` in any second, whenever that second begins. Not thread safe. `window` is the second; a test
// that waits for its end has a shorter one.
class RateWindow {
public:
    using Time = std::chrono::steady_clock::time_point;
    explicit RateWindow(std::size_t limit, std::chrono::milliseconds window = std::chrono::seconds{1})
        : limit_{limit}, window_{window} {}

    // Takes one at `now`, or says when to ask again.
    [[nodiscard]] std::optional<Time> take(Time now) {
        while (!taken_.empty() && taken_.front() + window_ <= now) taken_.pop_front();
        if (taken_.size() >= limit_) return taken_.front() + window_;
        taken_.push_back(now);
        return std::nullopt;
    }

private:
    std::size_t limit_;
    std::chrono::milliseconds window_;
    std::deque<Time> taken_;
};

}  // namespace hcp::province
