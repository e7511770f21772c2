#pragma once
#include "plugin/ports/meter.hpp"

#include <cstdint>

namespace hcp::test {

// Adds up what is told of the events and ratings, and forgets the rest.
class CountingMeter final : public ports::Meter {
public:
    void accepted(EventKind, EventAnswer answer, std::size_t count) noexcept override {
        (answer == EventAnswer::ok ? events : full) += static_cast<std::int64_t>(count);
    }
    void callback(EventKind, std::chrono::nanoseconds) noexcept override { ++calls; }
    void journal(const ports::JournalStats&, domain::Instant) noexcept override {}
    void wals(std::int64_t store_bytes, std::int64_t journal_bytes) noexcept override {
        store_wal_bytes = store_bytes;
        journal_wal_bytes = journal_bytes;
    }
    void applied(std::int64_t, std::int64_t n, std::int64_t) noexcept override { evaluations += n; }
    void rated(std::int64_t answered, std::int64_t defaulted, std::int64_t from_drafts) noexcept override {
        ratings += answered + from_drafts;
        defaults += defaulted;
    }
    void exchange(domain::Verdict, std::chrono::microseconds) noexcept override { ++exchanges; }
    void bridge(const ports::BridgeFigures&) noexcept override {}
    void queues(const ports::QueueFigures&) noexcept override {}
    void instances(std::span<const ports::InstanceSummary> all, domain::Instant) noexcept override {
        known_instances = all.size();
    }
    void alarms(std::size_t n) noexcept override { standing = n; }
    void connections(const ports::ConnectionFigures&) noexcept override {}

    std::int64_t events = 0, full = 0, calls = 0, evaluations = 0, ratings = 0, defaults = 0, exchanges = 0;
    std::int64_t store_wal_bytes = 0, journal_wal_bytes = 0;
    std::size_t standing = 0, known_instances = 0;
};

}  // namespace hcp::test
