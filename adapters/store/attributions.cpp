#include "adapters/store/attributions.hpp"

#include "adapters/store/statement_list.hpp"

namespace hcp::store {

using ports::AttributionRow;

namespace {

constexpr struct {
    Statement insert{"attributions.insert", "{insert attributions}"};
    Statement after{"attributions.after",
                    "select {attributions} from attributions where id > :after order by id {limit :limit}"};
    Statement find{"attributions.find", "select {attributions} from attributions where id = :id"};
    Statement of_case{"attributions.of_case",
                      "select {attributions} from attributions where case_id = :case_id order by revision"};
    Statement waiting{"attributions.waiting", R"(
        select {attributions a} from attributions a where a.effective_at_us is null
        and not exists (select 1 from attributions l where l.case_id = a.case_id and l.revision > a.revision)
        order by a.id)",
                      true};
    Statement sign{"attributions.sign", R"(
        update attributions set signed_by = :by, effective_at_us = :at
        where id = :id and effective_at_us is null and proposed_by <> :by)"};
} attributions_sql;

}  // namespace

std::vector<const Statement*> SqlAttributions::statements() {
    return list_of(attributions_sql);
}

result<std::vector<AttributionRow>> SqlAttributions::after(AttributionId id, std::size_t limit) {
    return unit_.guarded(
        [&] { return unit_.rows<AttributionRow>(attributions_sql.after, with("after", id.value(), "limit", limit)); });
}

result<std::optional<AttributionRow>> SqlAttributions::find(AttributionId id) {
    return unit_.guarded([&] {
        std::optional<AttributionRow> found;
        unit_.query(attributions_sql.find, with("id", id), [&](Decoder from) { found = from.row<AttributionRow>(); });
        return found;
    });
}

result<std::vector<AttributionRow>> SqlAttributions::of_case(CaseId id) {
    return unit_.guarded([&] { return unit_.rows<AttributionRow>(attributions_sql.of_case, with("case_id", id)); });
}

result<std::vector<AttributionRow>> SqlAttributions::waiting() {
    return unit_.guarded([&] { return unit_.rows<AttributionRow>(attributions_sql.waiting); });
}

result<void> SqlAttributions::insert(std::span<const AttributionRow> all) {
    return unit_.guarded([&] { unit_.insert(attributions_sql.insert, all); });
}

result<std::int64_t> SqlAttributions::sign(AttributionId id, std::string_view by, Instant at) {
    return unit_.guarded([&] { return unit_.change(attributions_sql.sign, with("id", id, "by", by, "at", at)); });
}

}  // namespace hcp::store
