#include "adapters/store/references.hpp"

#include "adapters/store/statement_list.hpp"

namespace hcp::store {

using ports::ReferenceRow;

namespace {

constexpr struct {
    Statement insert{"references.insert", "{insert reference_files}"};
    Statement of{"references.of", R"(
        select {reference_files} from reference_files where kind = :kind order by loaded_at_us, version)"};
    Statement newest_version{"references.newest_version", R"(
        select version from reference_files where kind = :kind order by loaded_at_us desc, version desc {limit :limit})"};
} sql;

}  // namespace

std::vector<const Statement*> SqlReferences::statements() {
    return list_of(sql);
}

result<std::vector<ReferenceRow>> SqlReferences::of(ports::ReferenceKind kind) {
    return unit_.guarded([&] { return unit_.rows<ReferenceRow>(sql.of, with("kind", kind)); });
}

result<std::string> SqlReferences::newest_version(ports::ReferenceKind kind) {
    return unit_.guarded([&] {
        std::string version;
        unit_.query(sql.newest_version, with("kind", kind, "limit", 1), [&](Decoder from) { from("", version); });
        return version;
    });
}

result<void> SqlReferences::insert(std::span<const ReferenceRow> all) {
    return unit_.guarded([&] { unit_.insert(sql.insert, all); });
}

}  // namespace hcp::store
