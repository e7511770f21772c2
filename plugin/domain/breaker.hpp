#pragma once
#include "plugin/domain/delivery.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>

namespace hcp::domain {

// Keeps messages from an endpoint that does not answer. It holds and never parks: while it is open nothing is claimed,
// so an outage costs no delivery its patience; one probe at a time finds out when it is over. Times are of the steady
// clock, and come from outside.
//
// Beside that nothing goes while a Retry-After runs, whatever state it is in: one holds all.
//
//   closed   all may go        `failures` in a row, or one stop_channel  -> open, for open_for
//   open     none may go       that time is over                         -> due
//   due      one may go        it goes                                   -> probing
//   probing  none may go       it got through                            -> closed
//                              it failed                                 -> open
//                              it never left, or ended without a word    -> due
class Breaker {
public:
    using Time = std::chrono::steady_clock::time_point;
    struct Terms {
        std::uint32_t failures = 5;
        std::chrono::milliseconds open_for{30'000};
    };
    enum class Allows { all, one, none };
    enum class Change { none, opened, closed };

    explicit Breaker(Terms terms) noexcept : terms_{terms} {}

    [[nodiscard]] Allows allows(Time now) const noexcept {
        if (now < paused_until_) return Allows::none;
        if (!is_open_) return Allows::all;
        return probing_ || now < open_until_ ? Allows::none : Allows::one;
    }
    void probe_goes() noexcept { probing_ = true; }
    // The probe came to nothing that says anything of the endpoint.
    void probe_ends() noexcept { probing_ = false; }

    // An exchange that left ended so. `retry_after`: as the endpoint asks; a later answer that asks for less brings
    // nothing forward. `throttled`: it is there, and wants less at once, which is no failure.
    Change answered(Verdict verdict, std::chrono::milliseconds retry_after, Time now, bool throttled = false) noexcept {
        probing_ = false;
        if (verdict == Verdict::delivered || verdict == Verdict::refused || verdict == Verdict::too_early) {
            failures_ = 0;
            open_until_ = {};
            return std::exchange(is_open_, false) ? Change::closed : Change::none;
        }
        if (retry_after.count() > 0) paused_until_ = std::max(paused_until_, now + retry_after);
        if (throttled && !is_open_) return Change::none;
        ++failures_;
        if (verdict != Verdict::stop_channel && !is_open_ && failures_ < terms_.failures) return Change::none;
        open_until_ = std::max(open_until_, now + terms_.open_for);
        return std::exchange(is_open_, true) ? Change::none : Change::opened;
    }
    // What the endpoint asked for as a time of day was counted from a wall clock that has turned out to be wrong (E24).
    void shorten(Time now) noexcept {
        open_until_ = std::min(open_until_, now + terms_.open_for);
        paused_until_ = std::min(paused_until_, now + terms_.open_for);
    }
    [[nodiscard]] bool is_open() const noexcept { return is_open_; }

private:
    Terms terms_;
    std::uint32_t failures_ = 0;  // in a row
    bool is_open_ = false;
    bool probing_ = false;
    Time open_until_{}, paused_until_{};
};

}  // namespace hcp::domain
