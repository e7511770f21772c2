#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace hcp::contract {
namespace {

std::optional<LeakCaseRow> find_leak(Store& store, LeakCaseId id) {
    return reading(store, [&](Snapshot& rows) { return rows.leak_cases().find(id); });
}

void are_decided_once(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto opened = make.open(*store);
    const auto row = make.leak_case(opened.evaluation.id), other = make.leak_case(opened.evaluation.id);
    must(put(*store, other, row));
    CHECK(same(*find_leak(*store, row.id), row));
    CHECK_FALSE(find_leak(*store, make.id<LeakCaseId>()));
    const LeakDecision decision{LeakFinding::confirmed, "S7", make.bytes(), make.digest(), "S9", monday + 50h};
    const auto decide = [&](const LeakDecision& to) {
        return writing(*store, [&](Transaction& tx) { return tx.leak_cases().decide(row.id, to); });
    };
    CHECK(decide(decision) == 1);
    const auto decided = with(row, [&](auto& r) {
        r.finding = decision.finding;
        r.culprit = decision.culprit;
        r.sealed_outcome = decision.sealed_outcome;
        r.outcome_digest = decision.outcome_digest;
        r.decided_by = decision.decided_by;
        r.decided_at = decision.decided_at;
    });
    CHECK(same(*find_leak(*store, row.id), decided));
    CHECK(decide({LeakFinding::unfounded, {}, {}, make.digest(), "S2", monday + 60h}) == 0);
    CHECK(same(*find_leak(*store, row.id), decided));
    CHECK(same(*find_leak(*store, other.id), other));
    check_taken(*store, row);
}

void leaks_come_back_from_both_ends(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto of = make.open(*store).evaluation.id;
    const auto first = make.leak_case(of), second = make.leak_case(of), third = make.leak_case(of);
    must(put(*store, second, third, first));
    const auto ids = [](const std::vector<LeakCaseRow>& rows) {
        std::vector<LeakCaseId> all;
        for (const auto& row : rows) all.push_back(row.id);
        return all;
    };
    CHECK(ids(reading(*store, [&](Snapshot& rows) { return rows.leak_cases().after(first.id, 1); })) ==
          std::vector{second.id});
    CHECK(ids(reading(*store, [&](Snapshot& rows) { return rows.leak_cases().before(LeakCaseId{INT64_MAX}, 2); })) ==
          std::vector{third.id, second.id});
    CHECK(ids(reading(*store, [&](Snapshot& rows) { return rows.leak_cases().before(second.id, 9); })) ==
          std::vector{first.id});
}

void hold_an_erasure(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto opened = make.open(*store);
    const auto row = make.leak_case(opened.evaluation.id);
    must(put(*store, row));
    const auto is_open = [&](SubjectId id) {
        return reading(*store, [&](Snapshot& rows) { return rows.subjects().matters(id); }).leak_open;
    };
    CHECK(is_open(opened.subject.id));
    CHECK_FALSE(is_open(make.open(*store).subject.id));
    CHECK(writing(*store, [&](Transaction& tx) {
              return tx.leak_cases().decide(row.id, {LeakFinding::unfounded, {}, {}, {}, "S9", monday});
          }) == 1);
    CHECK_FALSE(is_open(opened.subject.id));
}

}  // namespace

void add_leak_cases(std::vector<Clause>& all) {
    all.push_back({"a leak case is decided once", are_decided_once});
    all.push_back({"leak cases come back by id from both ends", leaks_come_back_from_both_ends});
    all.push_back({"a leak case that is open is a matter of its subject", hold_an_erasure});
}

}  // namespace hcp::contract
