#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

class MemoryLedger final : public Ledger {
public:
    explicit MemoryLedger(Unit& unit) : unit_{unit} {}
    result<std::vector<LedgerHead>> heads() override;
    result<std::vector<LedgerRow>> after(std::int32_t lane, std::int64_t seq, std::size_t limit) override;
    result<void> append(std::span<const LedgerRow> all) override;

private:
    Unit& unit_;
};

}  // namespace hcp::test::memory
