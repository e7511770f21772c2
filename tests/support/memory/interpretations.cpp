#include "tests/support/memory/interpretations.hpp"

namespace hcp::test::memory {

result<std::vector<InterpretationRow>> MemoryInterpretations::after(InterpretationId id, std::size_t limit) {
    return page(unit_.tables.interpretations, id, limit);
}

result<void> MemoryInterpretations::insert(std::span<const InterpretationRow> all) {
    return unit_.guarded([&] {
        for (const auto& row : all) {
            fits(row.policy_version, 64), fits(row.rule_key, 64), fits(row.text, 1000), fits(row.written_by, 64);
            conflict_if(unit_.tables.interpretations.contains(row.id));
            unit_.tables.interpretations.put(unit_.undo, row.id, row);
        }
    });
}

}  // namespace hcp::test::memory
