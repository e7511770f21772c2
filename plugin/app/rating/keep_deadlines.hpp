#pragma once
#include "plugin/app/rating/extend_deadlines.hpp"
#include "plugin/app/rating/settle_defaults.hpp"
#include "plugin/domain/time.hpp"
#include "plugin/ports/log.hpp"
#include "plugin/ports/meter.hpp"
#include "plugin/record/books.hpp"
#include "plugin/record/follow_rules.hpp"
#include "plugin/record/rules.hpp"
#include "plugin/run/alarms.hpp"
#include "plugin/run/workers.hpp"

#include <cstddef>
#include <string>

namespace hcp::app {

// What the timer does about deadlines: settles what is over, in batches. Under a calendar that it has not met since the
// start, first counts all that is open anew (E20): a window that a notice has just extended must not be settled by its
// old deadline.
class KeepDeadlines {
public:
    struct Means {
        SettleDefaults& settle;
        record::Books& books;
        record::FollowRules& rules;
        ports::Store& store;
        ports::Meter& meter;
        ports::Log& log;
        run::Alarms& alarms;
        const run::Workers& writer;
    };
    KeepDeadlines(const Means& means, std::size_t batch) : means_{means}, batch_{batch} {}

    struct Swept {
        bool any = false;   // something may be owed to the province now
        bool more = false;  // to be called again at once
    };
    // `now` has been found to be right (E24): nobody is defaulted by a wrong clock. The writer's thread.
    [[nodiscard]] Swept sweep(domain::Instant now);

private:
    [[nodiscard]] bool recount(const record::Rules& rules) HCP_REQUIRES(means_.writer);
    [[nodiscard]] ports::result<Extended> recount_tickets(const record::Rules& rules) const;

    const Means means_;
    const std::size_t batch_;
    std::string recounted_by_ HCP_GUARDED_BY(means_.writer);  // a calendar's version and the days that were lost
};

}  // namespace hcp::app
