#pragma once
#include "plugin/domain/delivery.hpp"
#include "plugin/ports/journal.hpp"
#include "plugin/ports/province.hpp"
#include "plugin/ports/store/figures.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace hcp::metrics {

// Numbers for a Prometheus scrape, named haochaping_*. Every label is one of a small closed set: never a token, a name,
// a number of a case or certificate. Counting is an atomic addition, timing a short lock; only text() allocates. Any
// thread; nothing throws.
class Metrics {
public:
    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    enum class EventKind { completed, withdrawn, bids_opened, visit };
    enum class EventAnswer { ok, full };
    // The gate: one call of the host answered `count` events alike.
    void accepted(EventKind kind, EventAnswer answer, std::size_t count = 1) noexcept;
    void callback(EventKind kind, std::chrono::nanoseconds took) noexcept;

    // The journal, as it stands, and what one drain took out of it.
    void journal(const ports::JournalStats& stats, domain::Instant now) noexcept;
    void applied(std::int64_t cases, std::int64_t evaluations, std::int64_t visits) noexcept;

    void rated(std::int64_t count = 1) noexcept;
    void settled(std::int64_t defaulted, std::int64_t from_drafts) noexcept;

    // One exchange with the province, and the bridge as it stands.
    void exchange(domain::Verdict verdict, std::chrono::microseconds took) noexcept;
    void bridge(const ports::BridgeFigures& figures) noexcept;
    void queues(const ports::QueueFigures& figures) noexcept;

    // `route` is a pattern such as "/e/{token}".
    void request(std::string_view route, int status) noexcept;
    void alarms(std::size_t standing) noexcept;

    // The text exposition format, version 0.0.4.
    [[nodiscard]] std::string text() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hcp::metrics
