#include "adapters/store/interpretations.hpp"

#include "adapters/store/statement_list.hpp"

namespace hcp::store {

using ports::InterpretationRow;

namespace {

constexpr struct {
    Statement insert{"interpretations.insert", "{insert interpretations}"};
    Statement after{"interpretations.after",
                    "select {interpretations} from interpretations where id > :after order by id {limit :limit}"};
} interpretations_sql;

}  // namespace

std::vector<const Statement*> SqlInterpretations::statements() {
    return list_of(interpretations_sql);
}

result<std::vector<InterpretationRow>> SqlInterpretations::after(InterpretationId id, std::size_t limit) {
    return unit_.guarded([&] {
        return unit_.rows<InterpretationRow>(interpretations_sql.after, with("after", id.value(), "limit", limit));
    });
}

result<void> SqlInterpretations::insert(std::span<const InterpretationRow> all) {
    return unit_.guarded([&] { unit_.insert(interpretations_sql.insert, all); });
}

}  // namespace hcp::store
