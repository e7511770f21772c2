// A province that goes wrong now and then, the same way for the same seed.
#pragma once
#include "integration/province_sim/faults.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <random>
#include <string_view>

namespace province_sim {

// What goes wrong while a mood lasts: probabilities per request, of which at most one comes true. Their sum is at
// most 1.
struct Temper {
    std::uint64_t seed = 1;
    double lost = 0;        // swallowed: no answer, not processed
    double cut_before = 0;  // likewise
    double cut_after = 0;   // processed, no answer
    double late = 0;   // M1, M2: stored within late_up_to, answered now or (half of them) cut. Others: answered so late
    double twice = 0;  // M1: stored now and, by the far end itself, again within late_up_to
    double inner_failure = 0;  // M1, M2: not processed, “系统繁忙，请稍后”
    double busy_stored = 0;    // processed, then 503, 429 or 502
    double hard_to_read = 0;   // processed, and the answer one of kinds_hard_to_read()
    std::chrono::milliseconds late_up_to{90'000};
    std::chrono::milliseconds lag{0};  // of the lists
};

// {"seed", the probabilities by their names above, "late_ms", "lag_ms"}, any of them; throws std::invalid_argument
// saying which is wrong.
Temper parse_temper(const boost::json::object& wish);
boost::json::object describe(const Temper& temper);

// Without a mood until one begins. All members may be called by any thread.
class Mood {
public:
    void begin(const Temper& temper);
    void end();
    [[nodiscard]] std::optional<Temper> temper();

    // What befalls the next request, in the order of arrival. Each throws the same number of dice, whatever message it
    // is and whatever comes of it, so that a seed means the same to equal arrivals.
    [[nodiscard]] std::optional<Fault> draw(std::string_view message);

    // How far lists lag behind because of it.
    [[nodiscard]] std::chrono::milliseconds lag();

private:
    std::mutex mutex_;
    std::optional<Temper> temper_;
    std::mt19937_64 random_;
};

}  // namespace province_sim
