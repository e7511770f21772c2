#pragma once
#include "plugin/domain/time.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <span>

namespace hcp::domain {

// E24: how the clocks of the other instances of a store stand to this one's. Each tells now and then what its clock
// shows; what was not there at one look and is there at the next was told between the two. Where they differ by more
// than is allowed, the fewer are off; of as many on both sides, the one that is ahead, since only that settles too
// early.
class FellowClocks {
public:
    struct Told {
        std::int32_t instance_no = 0;
        Instant at;
    };
    enum class Stands { unheard, as_ours, ahead, behind };

    explicit FellowClocks(std::chrono::microseconds allowed) noexcept : allowed_{allowed} {}

    // What the running others have told by now, one each; who is not named any more is forgotten. `before` and `after`:
    // this clock, around the reading.
    void look(std::span<const Told> told, Instant before, Instant after);

    [[nodiscard]] std::map<std::int32_t, Stands> stands() const;
    // Whether this clock is taken for the one that is off.
    [[nodiscard]] bool is_off() const;
    [[nodiscard]] bool has_heard_all() const;

private:
    // A store that was slow to take its word makes a clock look as if it were behind, and never ahead.
    static constexpr int behind_in_a_row = 3;
    struct Fellow {
        Instant told_at, not_before;  // `not_before`: it was not there yet at this time of our clock
        Stands stands = Stands::unheard;
        int behind = 0;
    };
    const std::chrono::microseconds allowed_;
    std::map<std::int32_t, Fellow> fellows_;
};

}  // namespace hcp::domain
