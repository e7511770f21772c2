#include "adapters/store/references.hpp"

#include "adapters/store/statement_list.hpp"

namespace hcp::store {

using ports::ReferenceRow;

namespace {

constexpr struct {
    Statement insert{"references.insert", "{insert reference_files}"};
    Statement of{"references.of", R"(
        select {reference_files} from reference_files where kind = :kind order by loaded_at_us, version)"};
} sql;

}  // namespace

std::vector<const Statement*> SqlReferences::statements() {
    return list_of(sql);
}

result<std::vector<ReferenceRow>> SqlReferences::of(ports::ReferenceKind kind) {
    return unit_.guarded([&] { return unit_.rows<ReferenceRow>(sql.of, with("kind", kind)); });
}

result<void> SqlReferences::insert(std::span<const ReferenceRow> all) {
    return unit_.guarded([&] { unit_.insert(sql.insert, all); });
}

}  // namespace hcp::store
