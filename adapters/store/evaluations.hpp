#pragma once
#include "adapters/store/cases.hpp"
#include "adapters/store/drafts.hpp"
#include "adapters/store/ratings.hpp"
#include "adapters/store/subjects.hpp"
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/evaluations.hpp"

namespace hcp::store {

void fields(auto& io, Of<ports::EvaluationRow> auto& r) {
    io("id", r.id);
    io("case_id", r.case_id);
    io("subject_id", r.subject_id);
    io("dossier_id", r.dossier_id);
    io("role", r.role);
    io("state", r.state);
    io("embargoed", r.secrecy);
    io("withdrawn", r.withdrawn);
    io("opened_at_us", r.opened_at);
    io("deadline_by_completion_us", r.deadline_by_completion);
    io("deadline_us", r.deadline);
    io("provisional", r.provisional);
    io("calendar_version", r.calendar_version);
    io("token_digest", r.token_digest);
    io("sealed_subject", r.sealed_subject);
    io("rating_id", r.rating_id);
    io("service_ordinal", r.service_ordinal);
    io("service_number", Learnt{r.service_number});
    io("service_name", r.service_name);
    io("service_time", r.service_time);
}

void fields(auto& io, Of<ports::EvaluationStep> auto& r) {
    io("id", r.id);
    io("from", r.from);
    io("to", r.to);
    io("rating_id", r.rating_id);
    io("was_withdrawn", r.was_withdrawn);
    io("withdrawn", r.withdrawn);
    io("secrecy", r.secrecy);
}

void fields(auto& io, Of<ports::NewDeadline> auto& r) {
    io("id", r.id);
    io("deadline_by_completion", r.deadline_by_completion);
    io("deadline", r.deadline);
    io("provisional", r.provisional);
    io("calendar_version", r.calendar_version);
}

class SqlEvaluations final : public ports::Evaluations {
public:
    explicit SqlEvaluations(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    using Evaluations::by_token;
    result<std::vector<std::optional<ports::EvaluationView>>> by_token(std::span<const Digest>) override;
    result<std::optional<ports::EvaluationView>> find(EvaluationId) override;
    result<std::vector<ports::EvaluationView>> of_case(CaseId) override;
    result<std::vector<ports::EvaluationView>> of_subject(const Digest& lookup, EvaluationId before,
                                                          std::size_t limit) override;
    result<std::vector<ports::EvaluationView>> unanswered_of_subject(const Digest& lookup,
                                                                     const ports::UnansweredPlace& after, Instant now,
                                                                     std::size_t limit) override;
    result<std::vector<ports::EvaluationView>> open_after(EvaluationId, std::size_t limit) override;
    result<std::vector<ports::EvaluationView>> after(EvaluationId, std::size_t limit) override;
    result<void> insert(std::span<const ports::EvaluationRow>) override;
    result<std::vector<ports::EvaluationView>> take_due(Instant at, std::size_t limit) override;
    result<std::vector<bool>> move(std::span<const ports::EvaluationStep>) override;
    result<void> extend(std::span<const ports::NewDeadline>) override;
    result<std::vector<ports::EvaluationView>> lift(std::span<const CaseId>) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
