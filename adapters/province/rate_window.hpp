#pragma once
#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>

namespace hcp::province {

// Never more than `limit` in any second, whenever that second begins. Not thread safe.
class RateWindow {
public:
    using Time = std::chrono::steady_clock::time_point;
    explicit RateWindow(std::size_t limit) : limit_{limit} {}

    // Takes one at `now`, or says when to ask again.
    [[nodiscard]] std::optional<Time> take(Time now) {
        while (!taken_.empty() && taken_.front() + window <= now) taken_.pop_front();
        if (taken_.size() >= limit_) return taken_.front() + window;
        taken_.push_back(now);
        return std::nullopt;
    }

private:
    static constexpr std::chrono::seconds window{1};
    std::size_t limit_;
    std::deque<Time> taken_;
};

}  // namespace hcp::province
