#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

#include <tuple>

namespace hcp::contract {
namespace {

void come_back_with_their_case(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto one = make.open(*store), two = make.open(*store);
    const DoubtRow first{one.evaluation.id, true, false, true}, second{two.evaluation.id, false, true, true};
    must(put(*store, second, first));
    const auto page = [&](EvaluationId after, std::size_t limit) {
        return reading(*store, [&](Snapshot& rows) { return rows.doubts().list(after, limit); });
    };
    REQUIRE(page({}, 10).size() == 2);
    CHECK(same(page({}, 1).front().doubt, first));
    const auto last = page(first.evaluation_id, 10);
    REQUIRE(last.size() == 1);
    const auto& c = two.case_row;
    CHECK(same(last[0].doubt, second));
    CHECK(std::tuple{last[0].host_id, last[0].case_no, last[0].completion_no, last[0].node, last[0].department_name,
                     last[0].line, last[0].opened_at} ==
          std::tuple{c.host_id, c.case_no, c.completion_no, c.node, c.department_name, c.line, c.opened_at});
    check_taken(*store, first);

    const auto figures = reading(*store, [](Snapshot& rows) { return rows.figures().queues(); });
    CHECK(figures.wrong_numbers == 1);
    CHECK(figures.unknown_kinds == 1);
    CHECK(figures.unknown_lines == 2);
}

}  // namespace

void add_doubts(std::vector<Clause>& all) {
    all.push_back({"doubts come back by evaluation, with their case, and are counted", come_back_with_their_case});
}

}  // namespace hcp::contract
