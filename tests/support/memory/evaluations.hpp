#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

class MemoryEvaluations final : public Evaluations {
public:
    explicit MemoryEvaluations(Unit& unit) : unit_{unit} {}
    using Evaluations::by_token;
    result<std::vector<std::optional<EvaluationView>>> by_token(std::span<const Digest> tokens) override;
    result<std::optional<EvaluationView>> find(EvaluationId id) override;
    result<std::vector<EvaluationView>> of_case(CaseId id) override;
    result<std::vector<EvaluationView>> of_subject(const Digest& lookup, EvaluationId before,
                                                   std::size_t limit) override;
    result<std::vector<EvaluationView>> unanswered_of_subject(const Digest& lookup, const UnansweredPlace& after,
                                                              Instant now, std::size_t limit) override;
    result<std::vector<EvaluationView>> open_after(EvaluationId id, std::size_t limit) override;
    result<std::vector<EvaluationView>> after(EvaluationId id, std::size_t limit) override;
    result<void> insert(std::span<const EvaluationRow> all) override;
    result<std::vector<EvaluationView>> take_due(Instant at, std::size_t limit) override;
    result<std::vector<bool>> move(std::span<const EvaluationStep> all) override;
    result<void> extend(std::span<const NewDeadline> all) override;
    result<std::vector<EvaluationView>> lift(std::span<const CaseId> cases) override;

private:
    EvaluationView view(EvaluationId id) const;
    std::set<EvaluationId> ids_of(CaseId id) const;
    template <class Wanted>
    std::vector<EvaluationView> views_after(EvaluationId id, std::size_t limit, const Wanted& wanted) const;

    Unit& unit_;
};

}  // namespace hcp::test::memory
