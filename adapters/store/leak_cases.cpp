#include "adapters/store/leak_cases.hpp"

#include "adapters/store/statement_list.hpp"

namespace hcp::store {

using ports::LeakCaseRow;

namespace {

constexpr struct {
    Statement insert{"leak_cases.insert", "{insert leak_cases}"};
    Statement after{"leak_cases.after",
                    "select {leak_cases} from leak_cases where id > :after order by id {limit :limit}"};
    Statement find{"leak_cases.find", "select {leak_cases} from leak_cases where id = :id"};
    Statement before{"leak_cases.before",
                     "select {leak_cases} from leak_cases where id < :before order by id desc {limit :limit}"};
    Statement decide{"leak_cases.decide", R"(
        update leak_cases set finding = :finding, culprit = :culprit, sealed_outcome = :sealed_outcome,
            outcome_digest = :outcome_digest, decided_by = :decided_by, decided_at_us = :decided_at
        where id = :id and decided_at_us is null)"};
} leak_cases_sql;

}  // namespace

std::vector<const Statement*> SqlLeakCases::statements() {
    return list_of(leak_cases_sql);
}

result<std::vector<LeakCaseRow>> SqlLeakCases::after(LeakCaseId id, std::size_t limit) {
    return unit_.guarded(
        [&] { return unit_.rows<LeakCaseRow>(leak_cases_sql.after, with("after", id.value(), "limit", limit)); });
}

result<std::optional<LeakCaseRow>> SqlLeakCases::find(LeakCaseId id) {
    return unit_.guarded([&] {
        std::optional<LeakCaseRow> found;
        unit_.query(leak_cases_sql.find, with("id", id), [&](Decoder from) { found = from.row<LeakCaseRow>(); });
        return found;
    });
}

result<std::vector<LeakCaseRow>> SqlLeakCases::before(LeakCaseId id, std::size_t limit) {
    return unit_.guarded(
        [&] { return unit_.rows<LeakCaseRow>(leak_cases_sql.before, with("before", id.value(), "limit", limit)); });
}

result<void> SqlLeakCases::insert(std::span<const LeakCaseRow> all) {
    return unit_.guarded([&] { unit_.insert(leak_cases_sql.insert, all); });
}

result<std::int64_t> SqlLeakCases::decide(LeakCaseId id, const ports::LeakDecision& to) {
    return unit_.guarded([&] {
        return unit_.change(
            leak_cases_sql.decide,
            with("id", id, "finding", to.finding, "culprit", to.culprit, "sealed_outcome", to.sealed_outcome,
                 "outcome_digest", to.outcome_digest, "decided_by", to.decided_by, "decided_at", to.decided_at));
    });
}

}  // namespace hcp::store
