#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

#include <vector>

namespace hcp::contract {
namespace {

void interpretations_come_back(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto written = [&](const std::string& text) {
        return InterpretationRow{make.id<InterpretationId>(), "2020", "window_days", text, "S3", monday};
    };
    std::string longest;
    for (int i = 0; i < 1000; ++i) longest += "解";
    const auto first = written("法定节假日不计"), second = written(longest);
    must(put(*store, second, first));
    const auto after = [&](InterpretationId id, std::size_t limit) {
        return reading(*store, [&](Snapshot& rows) { return rows.interpretations().after(id, limit); });
    };
    REQUIRE(after(InterpretationId{}, 9).size() == 2);
    CHECK(same(after(InterpretationId{}, 1).front(), first));
    CHECK(same(after(first.id, 9).front(), second));
    CHECK(after(second.id, 9).empty());
    check_taken(*store, first);
}

}  // namespace

void add_interpretations(std::vector<Clause>& all) {
    all.push_back({"interpretations of rules come back by id", interpretations_come_back});
}

}  // namespace hcp::contract
