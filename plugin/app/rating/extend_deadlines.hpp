#pragma once
#include "plugin/record/books.hpp"
#include "plugin/record/rules.hpp"

#include <cstddef>

namespace hcp::app {

struct Extended {
    std::size_t looked_at = 0;
    std::int64_t extended = 0;  // without those under bid secrecy: their number is nobody's (E14)
};

// E19, E20: after a calendar was loaded, the deadlines of all OPEN evaluations are counted again; they move away, never
// nearer. What is settled stays. Each move is in the ledger with both instants. Runs in batches; repeating it changes
// nothing. Database threads.
ports::result<Extended> extend_deadlines(record::Books& books, const record::Rules& rules, std::size_t batch);

// The same of the tickets that run, whose clocks go by `foretold` (recount.hpp).
ports::result<Extended> extend_tickets(record::Books& books, const record::Rules& rules,
                                       const domain::Calendar& foretold, std::size_t batch);

}  // namespace hcp::app
