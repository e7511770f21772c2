#pragma once
#include "plugin/domain/presence.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/log.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/record/books.hpp"
#include "plugin/record/rules.hpp"
#include "plugin/run/alarms.hpp"
#include "plugin/run/workers.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace hcp::app {

// Notes when an evaluation could be given: this instance ran, its store was in reach, and there was an entrance, which
// are the public pages or a host that asks for links, lists or ratings. A working day without that is lost: it counts
// in no window (E51). What the wall clock skips while the instance runs counts as run.
class WatchPresence {
public:
    struct Means {
        ports::Store& store;
        record::Books& books;
        record::RuleBook& rules;
        const ports::Clock& clock;
        const ports::BootClock& boot;
        ports::Log& log;
        run::Alarms& alarms;
        const run::Workers& writer;
    };
    WatchPresence(const Means& means, bool public_pages) : means_{means}, public_pages_{public_pages} {}

    // The host has asked for a link, a list or a rating. Any thread.
    void asked() noexcept { asked_us_ = domain::to_us(means_.clock.now()); }
    // Notes that it runs, and which days were lost; at least once a minute, and before defaults are settled. False:
    // nothing may be settled, since that could not be noted or there is no entrance. `now`: nothing, while the clock
    // cannot be believed (E24). The writer's thread.
    [[nodiscard]] bool keep(std::optional<domain::Instant> now);

private:
    [[nodiscard]] ports::result<std::vector<std::int32_t>> ask_others(domain::Instant now) HCP_REQUIRES(means_.writer);
    [[nodiscard]] bool has_entrance(domain::Instant now) const;
    [[nodiscard]] ports::result<void> note(domain::Instant now, bool entrance) HCP_REQUIRES(means_.writer);
    [[nodiscard]] ports::result<void> judge_days(domain::Instant now) HCP_REQUIRES(means_.writer);
    [[nodiscard]] std::optional<domain::Instant> asked_at() const;

    const Means means_;
    const bool public_pages_;
    std::atomic<std::int64_t> asked_us_ = 0;
    // While it goes on, and since when on the clock that nobody sets.
    std::optional<ports::PresenceRow> present_ HCP_GUARDED_BY(means_.writer);
    std::chrono::microseconds seen_at_ HCP_GUARDED_BY(means_.writer){};
    std::optional<domain::Day> judged_until_ HCP_GUARDED_BY(means_.writer);  // that day included
};

}  // namespace hcp::app
