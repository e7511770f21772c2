#pragma once
#include "plugin/domain/calendar.hpp"

#include <cstdint>
#include <set>
#include <vector>

// When a window ends, written from the text of the rulings alone: E1, E2, E19, E21, E33, E48, E49, E50, E52, E54 and
// M7, M10. It shares no code with plugin/domain: a day is a number since 1970, an instant is microseconds.
namespace hcp::world {

using DayNumber = std::int64_t;

[[nodiscard]] DayNumber day_number(std::int64_t us);  // in Shanghai
[[nodiscard]] std::int64_t start_us(DayNumber day);   // its first instant
[[nodiscard]] int year_number(DayNumber day);

// The days as these notices arrange them.
class OracleDays {
public:
    explicit OracleDays(const std::vector<domain::Notice>& notices);
    [[nodiscard]] bool works(DayNumber day, bool local) const;
    [[nodiscard]] bool is_arranged(int year) const { return years_.contains(year); }

private:
    struct Run {
        DayNumber first, last;
        bool working;
    };
    [[nodiscard]] static const Run* found(const std::vector<Run>& runs, DayNumber day);

    std::vector<Run> national_, local_;  // the later word of a day behind the earlier
    std::set<int> years_;
};

struct OracleCase {
    std::int64_t completed_us = 0, accepted_us = 0;
    bool on_site = false;
    bool natural = false;
    int days = 5;
};

struct OracleEnd {
    std::int64_t us = 0;
    bool provisional = false;
};
[[nodiscard]] OracleEnd end_of_window(const OracleCase& of, const OracleDays& days, const std::set<DayNumber>& lost);

}  // namespace hcp::world
