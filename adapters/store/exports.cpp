#include "adapters/store/exports.hpp"

#include "adapters/store/statement_list.hpp"

namespace hcp::store {

using ports::ExportRow;

namespace {

constexpr struct {
    Statement insert{"exports.insert", "{insert exports}"};
    Statement after{"exports.after", "select {exports} from exports where id > :after order by id {limit :limit}"};
    Statement before{"exports.before",
                     "select {exports} from exports where id < :before order by id desc {limit :limit}"};
} exports_sql;

}  // namespace

std::vector<const Statement*> SqlExports::statements() {
    return list_of(exports_sql);
}

result<std::vector<ExportRow>> SqlExports::after(ExportId id, std::size_t limit) {
    return unit_.guarded(
        [&] { return unit_.rows<ExportRow>(exports_sql.after, with("after", id.value(), "limit", limit)); });
}

result<std::vector<ExportRow>> SqlExports::before(ExportId id, std::size_t limit) {
    return unit_.guarded(
        [&] { return unit_.rows<ExportRow>(exports_sql.before, with("before", id.value(), "limit", limit)); });
}

result<void> SqlExports::insert(std::span<const ExportRow> all) {
    return unit_.guarded([&] { unit_.insert(exports_sql.insert, all); });
}

}  // namespace hcp::store
