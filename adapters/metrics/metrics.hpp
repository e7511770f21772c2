#pragma once
#include "plugin/ports/meter.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace hcp::metrics {

// Numbers for a Prometheus scrape, named haochaping_*. Every label is one of a small closed set: never a token, a name,
// a number of a case or certificate. Counting and timing are a few atomic additions; only text() and a route seen for
// the first time allocate. Any thread; nothing throws.
class Metrics final : public ports::Meter {
public:
    Metrics();
    ~Metrics() override;
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    void accepted(EventKind kind, EventAnswer answer, std::size_t count) noexcept override;
    void callback(EventKind kind, std::chrono::nanoseconds took) noexcept override;
    void journal(const ports::JournalStats& stats, domain::Instant now) noexcept override;
    void wals(std::int64_t store_bytes, std::int64_t journal_bytes) noexcept override;
    void applied(std::int64_t cases, std::int64_t evaluations, std::int64_t visits) noexcept override;
    void rated(std::int64_t answered, std::int64_t defaulted, std::int64_t from_drafts) noexcept override;
    void exchange(domain::Verdict verdict, std::chrono::microseconds took) noexcept override;
    void bridge(const ports::BridgeFigures& figures) noexcept override;
    void queues(const ports::QueueFigures& figures) noexcept override;
    void instances(std::span<const ports::InstanceSummary> all, domain::Instant now) noexcept override;
    void alarms(std::size_t standing) noexcept override;
    void connections(const ports::ConnectionFigures& figures) noexcept override;

    // `route` is a pattern such as "/e/{token}".
    void request(std::string_view route, int status) noexcept;

    // The text exposition format, version 0.0.4.
    [[nodiscard]] std::string text() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hcp::metrics
