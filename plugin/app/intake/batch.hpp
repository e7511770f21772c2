#pragma once
#include "plugin/ports/log.hpp"
#include "plugin/ports/store/transaction.hpp"
#include "plugin/record/held_because.hpp"
#include "plugin/record/keys.hpp"
#include "plugin/record/new_rows.hpp"
#include "plugin/record/pen.hpp"
#include "plugin/record/rules.hpp"

#include <cstdint>

namespace hcp::app {

// What one application of events did, for metrics and the log. A case under embargo, and its evaluations, are counted
// when the opening of bids lifts it: before that their number is nobody's (E14).
struct Applied {
    std::int64_t cases = 0, evaluations = 0, repeats = 0, conflicts = 0, visits = 0;

    friend bool operator==(const Applied&, const Applied&) = default;

    Applied& operator+=(const Applied& other) {
        cases += other.cases;
        evaluations += other.evaluations;
        repeats += other.repeats;
        conflicts += other.conflicts;
        visits += other.visits;
        return *this;
    }
};

// One transaction's events at work: what each kind of them is applied with, and what they have done so far. The figures
// go in at the end, once for all.
struct Batch {
    ports::Transaction& tx;
    record::Pen& pen;
    const record::Keys& keys;
    const record::Rules& rules;
    const record::BridgeTerms& terms;
    ports::Log& log;
    record::Counts counts{};
    Applied applied{};
};

}  // namespace hcp::app
