#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/leak_cases.hpp"

namespace hcp::store {

void fields(auto& io, Of<ports::LeakCaseRow> auto& r) {
    io("id", r.id);
    io("evaluation_id", r.evaluation_id);
    io("reported_by", r.reported_by);
    io("reported_at_us", r.reported_at);
    io("sealed_occasion", r.sealed_occasion);
    io("occasion_digest", r.occasion_digest);
    io("finding", r.finding);
    io("culprit", r.culprit);
    io("sealed_outcome", r.sealed_outcome);
    io("outcome_digest", r.outcome_digest);
    io("decided_by", r.decided_by);
    io("decided_at_us", r.decided_at);
}

class SqlLeakCases final : public ports::LeakCases {
public:
    explicit SqlLeakCases(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::vector<ports::LeakCaseRow>> after(LeakCaseId, std::size_t limit) override;
    result<std::optional<ports::LeakCaseRow>> find(LeakCaseId) override;
    result<std::vector<ports::LeakCaseRow>> before(LeakCaseId, std::size_t limit) override;
    result<void> insert(std::span<const ports::LeakCaseRow>) override;
    result<std::int64_t> decide(LeakCaseId, const ports::LeakDecision&) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
