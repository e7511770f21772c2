#pragma once
#include "plugin/app/books.hpp"
#include "plugin/app/delivery_step.hpp"
#include "plugin/app/pulse.hpp"
#include "plugin/ports/log.hpp"
#include "plugin/run/mutex.hpp"

#include <functional>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace hcp::app {

struct DeliverOptions {
    std::int32_t owner = 0;  // instance number: whose claims these are
    BridgeTerms terms;
    std::size_t parallel = 4;  // exchanges at once
    std::chrono::seconds lease{60};
    domain::Backoff backoff;
    std::chrono::milliseconds breaker_open_for{30'000};
    std::uint32_t breaker_failures = 5;
    std::function<void(const ports::Exchange&)> observe = [](const ports::Exchange&) {};  // any thread
};

// Step 5 of the flow: claims deliveries with a lease, speaks to the province, and writes down what became of them.
// Claims and marks are gathered into few transactions; the network runs elsewhere. A crash leaves a lease that ends:
// the next claimant knows that the outcome is unknown. While the breaker is open nothing is claimed, so an outage parks
// nothing; one probe finds out when it is over.
class Deliver {
public:
    Deliver(Books& books, ports::Province& province, const Keys& keys, const RuleBook& rules, const ports::Clock& clock,
            Workers& writer, Workers& others, ports::Log& log, DeliverOptions options);

    // Something may be due: from a transaction that queued, a timer, a reply. Any thread.
    void wake() { pass_.poke(); }
    // What a transaction of the writer's queues may be claimed within it and is on its way as soon as that is
    // committed, one sync earlier than by a pass of its own: board() inside it, depart() after its end. Nothing is
    // claimed where a pass has more to decide: results wait to be written down, or the breaker is about to be tried.
    // The writer's thread.
    [[nodiscard]] ports::result<void> board(ports::Transaction& tx);
    void depart(bool committed);
    // Claims nothing more; exchanges in flight still get written down. Any thread.
    void close();
    // Nothing is in flight, waits to be written down, or is being claimed or written down.
    [[nodiscard]] bool idle() const;
    [[nodiscard]] ports::BridgeFigures figures() const;

private:
    void passing(bool now);
    void pass();
    void write_and_claim();
    [[nodiscard]] std::vector<ports::DeliveryMark> take_marks();
    [[nodiscard]] std::size_t take_room();
    [[nodiscard]] std::size_t free_places() const HCP_REQUIRES(mutex_);
    [[nodiscard]] ports::result<void> put(ports::Transaction& tx, Pen& pen,
                                          const std::vector<ports::DeliveryMark>& marks) const;
    [[nodiscard]] bool write(std::vector<ports::DeliveryMark> marks);
    void keep(std::vector<ports::DeliveryMark> marks, const ports::error_code& why);
    void start(std::vector<ports::DeliveryWork> works, domain::Instant now);
    void go_on(const std::shared_ptr<ports::DeliveryWork>& work, DeliveryStep step);
    void came_back(const std::shared_ptr<ports::DeliveryWork>& work, const ports::ProvinceMessage& said,
                   const ports::Exchange& exchange);
    void judge(const ports::Exchange& exchange);
    void finish(ports::DeliveryMark mark);

    Books& books_;
    ports::Province& province_;
    const Keys& keys_;
    const RuleBook& rules_;
    const ports::Clock& clock_;
    const Workers& writer_;
    Workers& others_;  // where replies are judged and the next message is made
    ports::Log& log_;
    DeliverOptions options_;
    SingleFlight pass_;
    std::vector<ports::DeliveryWork> boarded_ HCP_GUARDED_BY(writer_);
    domain::Instant boarded_at_ HCP_GUARDED_BY(writer_);

    mutable run::Mutex mutex_;
    std::mt19937_64 random_ HCP_GUARDED_BY(mutex_) = std::mt19937_64{std::random_device{}()};
    std::vector<ports::DeliveryMark> marks_ HCP_GUARDED_BY(mutex_);
    // Claimed and not yet marked: a lease that ends meanwhile is renewed.
    std::set<domain::DeliveryId> in_flight_ HCP_GUARDED_BY(mutex_);
    bool closed_ HCP_GUARDED_BY(mutex_) = false;
    // Between what was taken from here and what is in the store.
    bool passing_ HCP_GUARDED_BY(mutex_) = false;
    std::uint32_t failures_in_a_row_ HCP_GUARDED_BY(mutex_) = 0;
    std::chrono::steady_clock::time_point open_until_ HCP_GUARDED_BY(mutex_) = {};
    bool probing_ HCP_GUARDED_BY(mutex_) = false;
    ports::BridgeFigures figures_ HCP_GUARDED_BY(mutex_);
};

}  // namespace hcp::app
