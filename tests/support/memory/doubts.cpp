#include "tests/support/memory/doubts.hpp"

namespace hcp::test::memory {

result<std::vector<DoubtSummary>> MemoryDoubts::list(EvaluationId after, std::size_t limit) {
    const auto& t = unit_.tables;
    std::vector<DoubtSummary> out;
    for (auto at = t.doubts.after(after); at != t.doubts.end() && out.size() < limit; ++at) {
        const auto& evaluation = *t.evaluations.find(at->first);
        if (!evaluation.secrecy.may_be_told()) continue;
        const auto& c = *t.cases.find(evaluation.case_id);
        out.push_back(
            {at->second, c.host_id, c.case_no, c.completion_no, c.node, c.department_name, c.line, c.opened_at});
    }
    return out;
}

result<void> MemoryDoubts::insert(std::span<const DoubtRow> all) {
    return unit_.guarded([&] {
        auto& t = unit_.tables;
        for (const auto& row : all) {
            refuse_unless(t.evaluations.contains(row.evaluation_id));
            conflict_if(t.doubts.contains(row.evaluation_id));
            t.doubts.put(unit_.undo, row.evaluation_id, row);
        }
    });
}

}  // namespace hcp::test::memory
