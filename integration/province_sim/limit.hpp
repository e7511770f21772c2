// How many requests a second the province admits: a window of one second that slides with the time.
#pragma once
#include <boost/json/object.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <mutex>

namespace province_sim {

struct Allowance {
    std::int64_t per_second = 0;  // 0: no limit
    int retry_after_s = 1;        // -1: no such header
};

// {"per_second", "retry_after_s"}, either of them; the other is as in `allowance`. Throws std::invalid_argument.
Allowance parse_allowance(const boost::json::object& wish, Allowance allowance = {});
boost::json::object describe(const Allowance& allowance);

// All members may be called by any thread.
class Limit {
public:
    void allow(const Allowance& allowance);
    [[nodiscard]] Allowance allowance();

    // Whether one more request fits into the second that ends `now`, a point of any one scale. What was not admitted
    // does not count.
    [[nodiscard]] bool admits(std::chrono::microseconds now);

private:
    std::mutex mutex_;
    Allowance allowance_;
    std::deque<std::chrono::microseconds> admitted_;
};

}  // namespace province_sim
