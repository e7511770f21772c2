#include "tests/support/memory/unmaskings.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace hcp::test::memory {

result<std::vector<UnmaskingRow>> MemoryUnmaskings::after(UnmaskingId id, std::size_t limit) {
    return page(unit_.tables.unmaskings, id, limit);
}

result<std::vector<UnmaskingRow>> MemoryUnmaskings::of_evaluation(EvaluationId of) {
    std::vector<UnmaskingRow> all;
    for (const auto& [id, row] : unit_.tables.unmaskings)
        if (row.evaluation_id == of) all.push_back(row);
    return all;
}

result<std::vector<UnmaskingRow>> MemoryUnmaskings::between(Instant from, Instant to, UnmaskingId before,
                                                            std::size_t limit) {
    std::vector<UnmaskingRow> all;
    for (const auto& [id, row] : unit_.tables.unmaskings)
        if (id < before && row.seen_at >= from && row.seen_at < to) all.push_back(row);
    std::ranges::reverse(all);
    if (all.size() > limit) all.resize(limit);
    return all;
}

result<std::vector<UnmaskingCount>> MemoryUnmaskings::counts(Instant from, Instant to) {
    std::map<std::tuple<std::string, Unmasked, UnmaskingPurpose>, std::vector<EvaluationId>> seen;
    for (const auto& [id, row] : unit_.tables.unmaskings)
        if (row.seen_at >= from && row.seen_at < to)
            seen[{row.staff_id, row.shown, row.purpose}].push_back(row.evaluation_id);
    std::vector<UnmaskingCount> all;
    all.reserve(seen.size());
    for (const auto& [key, evaluations] : seen) {
        const auto& [staff_id, shown, purpose] = key;
        all.push_back({staff_id, shown, purpose, std::ssize(evaluations),
                       std::ssize(std::set<EvaluationId>(evaluations.begin(), evaluations.end()))});
    }
    return all;
}

result<void> MemoryUnmaskings::insert(std::span<const UnmaskingRow> all) {
    return unit_.guarded([&] {
        for (const auto& row : all) {
            fits(row.staff_id, 64);
            conflict_if(unit_.tables.unmaskings.contains(row.id));
            unit_.tables.unmaskings.put(unit_.undo, row.id, row);
        }
    });
}

}  // namespace hcp::test::memory
