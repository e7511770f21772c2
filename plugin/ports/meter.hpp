#pragma once
#include "plugin/domain/delivery.hpp"
#include "plugin/domain/time.hpp"
#include "plugin/ports/journal.hpp"
#include "plugin/ports/province.hpp"
#include "plugin/ports/store/figures.hpp"
#include "plugin/ports/store/instances.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>

namespace hcp::ports {

// The connections of people: how many there are by what they do, and what became of others since the start.
struct ConnectionFigures {
    std::int64_t limit = 0;  // of all together
    std::int64_t handshaking = 0, idle = 0, busy = 0;
    std::int64_t refused_full = 0;         // no place, and nobody idle
    std::int64_t refused_share = 0;        // the address has its share, and nobody of it is idle
    std::int64_t refused_descriptors = 0;  // the process may open no more files
    std::int64_t evicted = 0;              // idle, for somebody new
    std::int64_t handshake_timeouts = 0;

    // Of those who came, how many did not get what they came for.
    [[nodiscard]] std::int64_t turned_away() const noexcept {
        return refused_full + refused_share + refused_descriptors + evicted + handshake_timeouts;
    }
};

// What is counted for operators while it happens. Whoever reports leaves out what is under embargo (E14). Any thread;
// nothing throws.
class Meter {
public:
    virtual ~Meter() = default;

    // In the order of domain::Event's alternatives.
    enum class EventKind { completed, withdrawn, bids_opened, visit };
    enum class EventAnswer { ok, full };
    // The gate: one call of the host answered `count` events alike, and how long a call took.
    virtual void accepted(EventKind kind, EventAnswer answer, std::size_t count) noexcept = 0;
    virtual void callback(EventKind kind, std::chrono::nanoseconds took) noexcept = 0;

    // The journal, as it stands, the write-ahead logs of both, and what one drain took out of the journal.
    virtual void journal(const JournalStats& stats, domain::Instant now) noexcept = 0;
    virtual void wals(std::int64_t store_bytes, std::int64_t journal_bytes) noexcept = 0;
    virtual void applied(std::int64_t cases, std::int64_t evaluations, std::int64_t visits) noexcept = 0;

    // How many evaluations were answered, had to be defaulted, and had a draft that became the answer.
    virtual void rated(std::int64_t answered, std::int64_t defaulted, std::int64_t from_drafts) noexcept = 0;

    // One exchange with the province, the bridge as it stands, and what the store says is waiting.
    virtual void exchange(domain::Verdict verdict, std::chrono::microseconds took) noexcept = 0;
    virtual void bridge(const BridgeFigures& figures) noexcept = 0;
    virtual void queues(const QueueFigures& figures) noexcept = 0;
    // The instances of the store, as far as they are not retired.
    virtual void instances(std::span<const InstanceSummary> all, domain::Instant now) noexcept = 0;
    virtual void alarms(std::size_t standing) noexcept = 0;
    virtual void connections(const ConnectionFigures& figures) noexcept = 0;
};

}  // namespace hcp::ports
