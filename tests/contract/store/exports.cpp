#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace hcp::contract {
namespace {

void come_back_from_both_ends(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto first = make.exported("S1"), second = make.exported("S4"),
               third = with(make.exported("S1"), [](ExportRow&row) {
                   row.form = FileForm::xlsx;
                   row.conditions = "状态=已挂起";
                   row.rows = 5'000'000'000;
               });
    must(put(*store, third, first, second));
    const auto after = [&](ExportId id, std::size_t limit) {
        return reading(*store, [&](Snapshot& rows) { return rows.exports().after(id, limit); });
    };
    const auto before = [&](ExportId id, std::size_t limit) {
        return reading(*store, [&](Snapshot& rows) { return rows.exports().before(id, limit); });
    };
    const auto are = [](const std::vector<ExportRow>& rows, const std::vector<ExportRow>& wanted) {
        return std::ranges::equal(rows, wanted, [](const ExportRow& a, const ExportRow& b) { return same(a, b); });
    };
    CHECK(are(after(ExportId{}, 2), {first, second}));
    CHECK(are(after(second.id, 9), {third}));
    CHECK(are(before(ExportId{INT64_MAX}, 2), {third, second}));
    CHECK(are(before(second.id, 9), {first}));
    CHECK(before(first.id, 9).empty());
    check_taken(*store, first);
    check_taken(*store, with(first, [&](auto& row) { row.id = make.id<ExportId>(); }));
}

}  // namespace

void add_exports(std::vector<Clause>& all) {
    all.push_back({"exports come back by id from both ends, and no two have one mark", come_back_from_both_ends});
}

}  // namespace hcp::contract
