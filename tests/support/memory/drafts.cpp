#include "tests/support/memory/drafts.hpp"

namespace hcp::test::memory {

result<void> MemoryDrafts::put(const DraftRow& draft) {
    unit_.tables.drafts.put(unit_.undo, draft.evaluation_id, draft);
    return {};
}

result<void> MemoryDrafts::drop(std::span<const EvaluationId> ids) {
    for (const auto id : ids) unit_.tables.drafts.erase(unit_.undo, id);
    return {};
}

}  // namespace hcp::test::memory
