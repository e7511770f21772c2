#include "adapters/store/references.hpp"

#include "adapters/store/statement_list.hpp"

namespace hcp::store {

using ports::ReferenceRow;

namespace {

// What is a draft no more was released or given up: the unique keys have it, so that no text of a guide is read.
constexpr struct {
    Statement insert{"references.insert", "{insert reference_files}"};
    Statement of{"references.of", R"(
        select {reference_files} from reference_files where kind = :kind order by loaded_at_us, version)"};
    Statement newest{"references.newest", R"(
        select version,
            (select count(*) from departments where state <> #edition.draft)
                + (select count(*) from item_editions where state <> #edition.draft)
                + (select count(*) from guides where state <> #edition.draft)
        from reference_files where kind = :kind order by loaded_at_us desc, version desc {limit :limit})",
                     true};
} references_sql;

}  // namespace

std::vector<const Statement*> SqlReferences::statements() {
    return list_of(references_sql);
}

result<std::vector<ReferenceRow>> SqlReferences::of(ports::ReferenceKind kind) {
    return unit_.guarded([&] { return unit_.rows<ReferenceRow>(references_sql.of, with("kind", kind)); });
}

result<ports::NewestRules> SqlReferences::newest() {
    return unit_.guarded([&] {
        ports::NewestRules newest;
        unit_.query(references_sql.newest, with("kind", ports::ReferenceKind::calendar, "limit", 1), [&](Decoder from) {
            from("", newest.calendar_version);
            from("", newest.editions);
        });
        return newest;
    });
}

result<void> SqlReferences::insert(std::span<const ReferenceRow> all) {
    return unit_.guarded([&] { unit_.insert(references_sql.insert, all); });
}

}  // namespace hcp::store
