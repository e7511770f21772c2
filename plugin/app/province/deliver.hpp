#pragma once
#include "plugin/app/province/delivery_step.hpp"
#include "plugin/app/province/subject_lists.hpp"
#include "plugin/domain/breaker.hpp"
#include "plugin/domain/troubles.hpp"
#include "plugin/ports/chance.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/log.hpp"
#include "plugin/ports/meter.hpp"
#include "plugin/ports/province.hpp"
#include "plugin/record/books.hpp"
#include "plugin/run/alarms.hpp"
#include "plugin/run/mutex.hpp"
#include "plugin/run/single_flight.hpp"
#include "plugin/run/workers.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace hcp::app {

struct DeliverOptions {
    record::BridgeTerms terms;
    std::chrono::seconds lease{60};
    domain::Backoff backoff;
    domain::Breaker::Terms breaker;
};

// Step 5 of the flow: claims deliveries with a lease, speaks to the province, and writes down what became of them.
// Claims and marks are gathered into few transactions; the network runs elsewhere. How a service is said is written
// down with its claim, before it leaves: a crash leaves a lease that ends, and the next claimant knows what may have
// left and until when. While the breaker is open nothing is claimed, so an outage parks nothing; one question finds out
// when it is over.
class Deliver {
public:
    // What it works with; all of it outlives it.
    struct Means {
        record::Books& books;
        ports::Province& province;
        const record::Keys& keys;
        const record::RuleBook& rules;
        const ports::Clock& clock;
        const ports::SteadyClock& steady;
        ports::Chance& chance;
        ports::Meter& meter;
        ports::Log& log;
        run::Alarms& alarms;
        run::Workers& writer;
        run::Workers& others;  // where replies are judged and the next message is made
        // Whether the clock may be believed (E24): by one that may not, nothing is said twice and nothing is given up.
        std::function<bool()> clock_is_right = [] { return true; };
    };
    Deliver(const Means& means, DeliverOptions options);

    // Something may be due: from a transaction that queued, a timer, a reply. Any thread.
    void wake() { pass_.poke(); }
    // Deliveries that a transaction of the writer's claims: they are on their way as soon as that is committed, one
    // sync earlier than by a pass of their own.
    class Boarding {
    public:
        [[nodiscard]] bool has_room() const noexcept { return claim_.limit > 0; }

    private:
        friend class Deliver;
        struct Departure {
            std::shared_ptr<Errand> errand;
            // Of a service that may leave at once: what it says, as it was frozen.
            std::optional<std::pair<ports::ProvinceMessage, ports::WireRecord>> said;
        };
        ports::Claim claim_;
        bool probes_ = false;
        std::vector<Departure> departures_;
    };
    // No room where a pass has more to decide: results wait to be written down, or the breaker is to be tried. The
    // places are kept until depart(), which must follow. The writer's thread, as for the two below.
    [[nodiscard]] Boarding board();
    // Within the transaction; may be run again.
    [[nodiscard]] ports::result<void> claim(ports::Transaction& tx, domain::Instant now, Boarding& boarding) const;
    // Not committed: nobody leaves.
    void depart(Boarding boarding, bool committed);
    // Claims nothing more; exchanges in flight still get written down. Any thread.
    void close();
    // Waits until nothing is in flight, waits to be written down, or is being claimed or written down. False: not by
    // then. Any thread but the workers'; before those are stopped.
    [[nodiscard]] bool idle_within(std::chrono::milliseconds limit);
    [[nodiscard]] ports::BridgeFigures figures() const;

private:
    void pass();
    void write_and_claim();
    void shorten_waits();
    [[nodiscard]] std::vector<Ending> take_endings();
    [[nodiscard]] Boarding board_for_pass();
    [[nodiscard]] Boarding keep_places(std::size_t places) HCP_REQUIRES(mutex_);
    [[nodiscard]] std::size_t free_places() const HCP_REQUIRES(mutex_);
    [[nodiscard]] bool is_idle() const HCP_REQUIRES(mutex_);
    [[nodiscard]] ports::result<void> put(ports::Transaction& tx, record::Pen& pen,
                                          const std::vector<Ending>& endings) const;
    [[nodiscard]] bool write(std::vector<Ending> endings);
    void keep(std::vector<Ending> endings, const ports::error_code& why);
    void go_on(const std::shared_ptr<Errand>& errand, DeliveryStep step);
    // Nothing: it cannot be said, which is the errand's end.
    [[nodiscard]] std::optional<ports::WireRecord> written(const std::shared_ptr<Errand>& errand,
                                                           const ports::ProvinceMessage& message, domain::Instant at);
    void send_service(const std::shared_ptr<Errand>& errand, const ports::ProvinceMessage& message);
    void ask(const std::shared_ptr<Errand>& errand, const ports::ProvinceMessage& message);
    void send(const std::shared_ptr<Errand>& errand, const ports::ProvinceMessage& message, ports::WireRecord record);
    void came_back(const std::shared_ptr<Errand>& errand, const ports::ProvinceMessage& said,
                   const ports::Exchange& exchange);
    void judged(const std::shared_ptr<Errand>& errand, const ports::ProvinceMessage& said,
                const ports::Exchange& exchange, bool is_alone);
    // Whether the trouble it met is this message's own.
    [[nodiscard]] bool judge(const ports::Exchange& exchange, const Errand& of);
    void watch_its_clock(const ports::Exchange& exchange);
    void finish(Ending ending);
    [[nodiscard]] DeliveryPlan plan(const record::Rules& rules) const {
        return DeliveryPlan{means_.keys, rules, options_.terms};
    }

    const Means means_;
    const DeliverOptions options_;
    run::SingleFlight pass_;
    domain::Instant last_pass_at_ HCP_GUARDED_BY(means_.writer){};
    bool was_right_ HCP_GUARDED_BY(means_.writer) = true;
    bool waits_are_right_ HCP_GUARDED_BY(means_.writer) = false;

    mutable run::Mutex mutex_;
    run::Condition idle_;
    std::vector<Ending> endings_ HCP_GUARDED_BY(mutex_);
    // Claimed and not yet marked: a lease that ends meanwhile is renewed.
    std::set<domain::DeliveryId> in_flight_ HCP_GUARDED_BY(mutex_);
    std::size_t places_kept_ HCP_GUARDED_BY(mutex_) = 0;  // for claims whose transactions have not ended
    bool closed_ HCP_GUARDED_BY(mutex_) = false;
    bool passing_ HCP_GUARDED_BY(mutex_) = false;  // between what was taken from here and what is in the store
    domain::Breaker breaker_ HCP_GUARDED_BY(mutex_);
    domain::Troubles troubles_ HCP_GUARDED_BY(mutex_);
    SubjectLists lists_;
    ports::BridgeFigures figures_ HCP_GUARDED_BY(mutex_);
};

}  // namespace hcp::app
