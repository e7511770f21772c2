#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::host {

// How many lines of one kind are written: the first few of a minute, and then how many there were beyond. Not for
// several threads at once.
class LineLimit {
public:
    using Time = std::chrono::steady_clock::time_point;
    static constexpr std::chrono::seconds span{60};
    static constexpr int most_of_a_kind = 10;
    static constexpr std::size_t most_kinds = 200;  // a guard: kinds are few

    // Whether this one is written. One that is not has been counted.
    [[nodiscard]] bool admits(std::string_view kind, Time now);

    struct LeftOut {
        std::string kind;
        std::int64_t lines = 0;
    };
    // Of every kind whose minute is over, and that had more lines than were written.
    [[nodiscard]] std::vector<LeftOut> over_by(Time now);
    [[nodiscard]] std::vector<LeftOut> over() { return over_by(Time::max()); }
    // When the next minute is over; nothing counts before the first line.
    [[nodiscard]] Time next_end() const;

private:
    struct Minute {
        Time ends;
        std::int64_t lines = 0;
    };
    std::map<std::string, Minute, std::less<>> minutes_;
};

}  // namespace hcp::host
