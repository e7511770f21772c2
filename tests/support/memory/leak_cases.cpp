#include "tests/support/memory/leak_cases.hpp"

#include <algorithm>

namespace hcp::test::memory {

result<std::vector<LeakCaseRow>> MemoryLeakCases::after(LeakCaseId id, std::size_t limit) {
    return page(unit_.tables.leak_cases, id, limit);
}

result<std::optional<LeakCaseRow>> MemoryLeakCases::find(LeakCaseId id) {
    const auto* const row = unit_.tables.leak_cases.find(id);
    return row == nullptr ? std::nullopt : std::optional{*row};
}

result<std::vector<LeakCaseRow>> MemoryLeakCases::before(LeakCaseId before, std::size_t limit) {
    std::vector<LeakCaseRow> all;
    for (const auto& [id, row] : unit_.tables.leak_cases)
        if (id < before) all.push_back(row);
    std::ranges::reverse(all);
    if (all.size() > limit) all.resize(limit);
    return all;
}

result<void> MemoryLeakCases::insert(std::span<const LeakCaseRow> all) {
    return unit_.guarded([&] {
        for (const auto& row : all) {
            fits(row.reported_by, 64), fits(row.culprit, 64), fits(row.decided_by, 64);
            conflict_if(unit_.tables.leak_cases.contains(row.id));
            unit_.tables.leak_cases.put(unit_.undo, row.id, row);
        }
    });
}

result<std::int64_t> MemoryLeakCases::decide(LeakCaseId id, const LeakDecision& to) {
    return unit_.guarded([&]() -> std::int64_t {
        const auto* const found = unit_.tables.leak_cases.find(id);
        if (found == nullptr || found->decided_at) return 0;
        auto row = *found;
        row.finding = to.finding;
        row.culprit = to.culprit;
        row.sealed_outcome = to.sealed_outcome;
        row.outcome_digest = to.outcome_digest;
        row.decided_by = to.decided_by;
        row.decided_at = to.decided_at;
        unit_.tables.leak_cases.put(unit_.undo, id, row);
        return 1;
    });
}

}  // namespace hcp::test::memory
