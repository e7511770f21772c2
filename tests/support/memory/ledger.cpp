#include "tests/support/memory/ledger.hpp"

namespace hcp::test::memory {

result<std::vector<LedgerHead>> MemoryLedger::heads() {
    std::vector<LedgerHead> heads;
    for (const auto& [key, row] : unit_.tables.ledger) {
        if (heads.empty() || heads.back().lane != row.lane) heads.emplace_back();
        heads.back() = {row.lane, row.seq, row.hash};
    }
    return heads;
}

result<std::vector<LedgerRow>> MemoryLedger::after(std::int32_t lane, std::int64_t seq, std::size_t limit) {
    const auto& t = unit_.tables.ledger;
    std::vector<LedgerRow> out;
    for (auto at = t.after({lane, seq}); at != t.end() && at->first.first == lane && out.size() < limit; ++at)
        out.push_back(at->second);
    return out;
}

result<void> MemoryLedger::append(std::span<const LedgerRow> all) {
    return unit_.guarded([&] {
        for (const auto& row : all) {
            const std::pair key{row.lane, row.seq};
            conflict_if(unit_.tables.ledger.contains(key));
            unit_.tables.ledger.put(unit_.undo, key, row);
        }
    });
}

}  // namespace hcp::test::memory
