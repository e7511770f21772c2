#pragma once
#include "plugin/domain/time.hpp"
#include "plugin/ports/result.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace hcp::ports {

using namespace domain;

// What an instance knew of the time when it last looked (E24). Unique: instance.
struct ClockMarkRow {
    std::int32_t instance_no = 0;
    Instant newest;                       // the latest that its clock showed and was believed
    std::optional<Instant> ahead_since;   // first shown after a jump forward that nobody has confirmed
    std::optional<Instant> confirmed_at;  // what the clock showed when an operator confirmed it
};

class ClockMarkQueries {
public:
    virtual ~ClockMarkQueries() = default;
    virtual result<std::vector<ClockMarkRow>> all() = 0;  // by instance
};

class ClockMarks : public ClockMarkQueries {
public:
    virtual result<void> put(const ClockMarkRow&) = 0;  // in place of what that instance had
    // `now` is right, whatever was known before: for every instance. Answers how many there are.
    virtual result<std::int64_t> confirm(Instant now) = 0;
};

}  // namespace hcp::ports
