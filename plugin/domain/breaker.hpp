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
//   closed   all may go        `failures` in a row, not all of one's
//                              messages, or one stop_channel             -> open, for open_for
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

    // How an exchange that left ended.
    struct Answer {
        Verdict verdict{};
        // As the endpoint asks; one that asks for less brings nothing forward.
        std::chrono::milliseconds retry_after{0};
        std::int64_t whose = 0;  // 0 = nobody's in particular
        bool throttled = false;  // it is there, and wants less at once, which is no failure
    };
    Change answered(const Answer& answer, Time now) noexcept {
        const auto& [verdict, retry_after, whose, throttled] = answer;
        probing_ = false;
        if (verdict == Verdict::delivered || verdict == Verdict::refused || verdict == Verdict::too_early) {
            failures_ = 0;
            open_until_ = {};
            return std::exchange(is_open_, false) ? Change::closed : Change::none;
        }
        if (retry_after.count() > 0) paused_until_ = std::max(paused_until_, now + retry_after);
        if (throttled && !is_open_) return Change::none;
        // Who is refused for ever holds up nobody else.
        if (failures_++ == 0) first_ = whose;
        are_of_several_ = failures_ > 1 && (are_of_several_ || whose == 0 || whose != first_);
        const bool are_enough = failures_ >= terms_.failures && (are_of_several_ || terms_.failures == 1);
        if (verdict != Verdict::stop_channel && !is_open_ && !are_enough) return Change::none;
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
    std::int64_t first_ = 0;      // whose the first of them was
    bool are_of_several_ = false;
    bool is_open_ = false;
    bool probing_ = false;
    Time open_until_{}, paused_until_{};
};

}  // namespace hcp::domain
