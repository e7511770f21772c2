#pragma once
#include "plugin/app/figures/coverage.hpp"
#include "plugin/app/ledger/verify_ledger.hpp"
#include "plugin/domain/time.hpp"
#include "plugin/run/inspection.hpp"

#include <chrono>

namespace hcp::web {

// What the desk may have looked through from end to end, each once at a time and on a thread of its own, so that no
// page waits for it.
class StaffInspections {
public:
    struct Nothing {};
    struct Days {
        domain::Day from, to;  // [from, to)
    };
    using Ledger = run::Inspection<app::LedgerReport, Nothing>;
    using CoverageOf = run::Inspection<app::Coverage, Days>;

    StaffInspections(Ledger::Work verify, CoverageOf::Work cover, const ports::Clock& clock, ports::Log& log)
        : ledger{workers_, clock, std::move(verify)}, coverage{workers_, clock, std::move(cover)}, workers_{1, log} {}

    // What runs ends soon.
    void cancel() noexcept {
        ledger.cancel();
        coverage.cancel();
    }
    // False: something still ran at the deadline, call again.
    bool stop_within(std::chrono::milliseconds limit) {
        cancel();
        return workers_.stop_within(limit);
    }

    Ledger ledger;
    CoverageOf coverage;

private:
    run::Workers workers_;  // its thread ends before what it works on
};

}  // namespace hcp::web
