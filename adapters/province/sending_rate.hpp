#pragma once
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <deque>
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
        begun_.push_back(now);
        if (begun_.size() > most_remembered) begun_.pop_front();
        return std::nullopt;
    }
    // A second refusal by what was under way at the same time is the same one.
    void halve(Time now) {
        if (refused_at_ && now < *refused_at_ + under_way) return;
        grow(now);
        // What began within the last second but for the one too many is what the far end takes, as near as one can
        // tell; not where it has just been refused, and began less than it might.
        while (!begun_.empty() && begun_.front() + std::chrono::seconds{1} <= now) begun_.pop_front();
        const bool is_counted = begun_.size() > 1 && begun_.size() < most_remembered;
        if (!refused_at_ || now >= *refused_at_ + std::chrono::seconds{2})
            ceiling_ = is_counted ? std::min(rate_, static_cast<double>(begun_.size() - 1)) : rate_;
        rate_ = std::max(std::min(rate_ / 2, plateau()), least);
        refused_at_ = grown_at_ = now;
        next_ = std::max(next_, now);
    }
    [[nodiscard]] double per_second() const { return rate_; }

private:
    static constexpr double least = 0.2;
    static constexpr std::size_t most_remembered = 256;
    static constexpr std::chrono::milliseconds under_way{250};

    [[nodiscard]] double plateau() const { return 0.95 * ceiling_; }
    void grow(Time now) {
        if (!refused_at_ || rate_ >= most_) return;
        const double passed = Seconds{now - std::exchange(grown_at_, now)}.count();
        const double since = Seconds{now - *refused_at_}.count();
        constexpr double recovery_s = 4, plateau_s = 30;
        if (rate_ < plateau())
            rate_ = std::min(plateau(), rate_ + passed * plateau() / 2 / recovery_s);
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
    std::deque<Time> begun_;
};

}  // namespace hcp::province
