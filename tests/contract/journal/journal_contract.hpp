#pragma once
#include "plugin/ports/journal.hpp"
#include "tests/contract/clause.hpp"

#include <memory>
#include <string>
#include <vector>

// What every implementation of ports::Journal must do, as clauses that Catch2 checks run in. A clause gets a medium
// that nothing was ever written to.
namespace hcp::contract {

// What a journal lies on, and outlives it. One journal at a time is open on it.
class JournalMedium {
public:
    virtual ~JournalMedium() = default;
    [[nodiscard]] virtual std::unique_ptr<ports::Journal> open() = 0;
    // Under keys that open nothing of what the other wrote.
    [[nodiscard]] virtual std::unique_ptr<ports::Journal> open_with_other_keys() = 0;
    // All of it, as whoever carries it off would find it.
    [[nodiscard]] virtual std::string bytes() = 0;
    // The power fails, now and at most once: `open` finds from here on what survived.
    virtual void cut_power() = 0;
};

using JournalClause = ClauseOn<JournalMedium>;

[[nodiscard]] std::vector<JournalClause> journal_clauses();

}  // namespace hcp::contract
