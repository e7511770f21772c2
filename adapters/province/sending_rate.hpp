#pragma once
#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

namespace hcp::province {

// How fast messages may begin: evenly, and never more than `most` in any second. The far end that says it is too much
// is believed: the rate is halved, then climbs back within some seconds to shortly below where it was refused, stays
// there for a while, and after that feels its way on. Not thread safe.
class SendingRate {
public:
    using Time = std::chrono::steady_clock::time_point;
    using Seconds = std::chrono::duration<double>;

    explicit SendingRate(double most) : most_{std::max(most, 1.0)}, rate_{most_} {}

    // Takes one at `now`, or says when to ask again. After idling a burst of a tenth of a second's worth may go at
    // once.
    [[nodiscard]] std::optional<Time> take(Time now) {
        grow(now);
        const auto gap = std::chrono::duration_cast<Time::duration>(Seconds{1 / rate_});
        const auto burst = std::chrono::duration_cast<Time::duration>(Seconds{std::max(rate_ / 10 - 1, 0.0) / rate_});
        next_ = std::max(next_, now - burst);
        if (next_ > now) return next_;
        next_ += gap;
        return std::nullopt;
    }
    // A second refusal by what was under way at the same time is the same one.
    void halve(Time now) {
        if (refused_at_ && now < *refused_at_ + under_way) return;
        grow(now);
        ceiling_ = rate_;
        rate_ = std::max(rate_ / 2, least);
        refused_at_ = grown_at_ = now;
        next_ = std::max(next_, now);
    }
    [[nodiscard]] double per_second() const { return rate_; }

private:
    static constexpr double least = 0.2;
    static constexpr std::chrono::milliseconds under_way{250};

    void grow(Time now) {
        if (!refused_at_ || rate_ >= most_) return;
        const double passed = Seconds{now - std::exchange(grown_at_, now)}.count();
        const double since = Seconds{now - *refused_at_}.count();
        const double plateau = 0.95 * ceiling_;
        constexpr double recovery_s = 4, plateau_s = 30;
        if (rate_ < plateau)
            rate_ = std::min(plateau, rate_ + passed * plateau / 2 / recovery_s);
        else if (since > plateau_s)
            rate_ += passed * 0.02 * rate_;
        rate_ = std::min(rate_, most_);
    }

    const double most_;
    double rate_;
    double ceiling_ = 0;  // where it was refused
    std::optional<Time> refused_at_;
    Time grown_at_{};
    Time next_{};
};

}  // namespace hcp::province
