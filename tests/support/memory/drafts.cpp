#include "tests/support/memory/drafts.hpp"

namespace hcp::test::memory {

result<void> MemoryDrafts::put(const DraftRow& draft) {
    auto row = draft;
    if (const auto* stored = unit_.tables.drafts.find(row.evaluation_id)) row.first_tapped_at = stored->first_tapped_at;
    unit_.tables.drafts.put(unit_.undo, draft.evaluation_id, std::move(row));
    return {};
}

result<void> MemoryDrafts::drop(std::span<const EvaluationId> ids) {
    for (const auto id : ids) unit_.tables.drafts.erase(unit_.undo, id);
    return {};
}

}  // namespace hcp::test::memory
