#include "adapters/store/drafts.hpp"

#include "adapters/store/statement_list.hpp"

namespace hcp::store {
namespace {

constexpr struct {
    Statement put{"drafts.put", "{upsert drafts by evaluation_id}"};
    Statement drop{"drafts.drop", "delete from drafts where evaluation_id in (@ids)"};
} drafts_sql;

}  // namespace

std::vector<const Statement*> SqlDrafts::statements() {
    return list_of(drafts_sql);
}

result<void> SqlDrafts::put(const ports::DraftRow& draft) {
    return unit_.guarded([&] { unit_.insert(drafts_sql.put, std::span{&draft, 1}); });
}

result<void> SqlDrafts::drop(std::span<const EvaluationId> ids) {
    return unit_.guarded([&] {
        if (!ids.empty()) unit_.change(drafts_sql.drop, {}, list(ids));
    });
}

}  // namespace hcp::store
