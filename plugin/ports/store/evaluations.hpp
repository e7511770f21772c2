#pragma once
#include "plugin/domain/evaluation.hpp"
#include "plugin/domain/secrecy.hpp"
#include "plugin/ports/store/cases.hpp"
#include "plugin/ports/store/drafts.hpp"
#include "plugin/ports/store/ratings.hpp"
#include "plugin/ports/store/subjects.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hcp::ports {

// One case x one subject. Unique: (case, subject), token_digest. Also the province's "service" of that dossier.
struct EvaluationRow {
    EvaluationId id;
    CaseId case_id;
    SubjectId subject_id;
    DossierId dossier_id;
    Role role = Role::unknown;
    EvaluationState state = EvaluationState::open;
    Secrecy secrecy;         // E14
    bool withdrawn = false;  // E17: RATED or DEFAULTED, out of the figures
    Instant opened_at;
    Instant deadline_by_completion;
    Instant deadline;              // the one that counts (E33): a rating at this instant is late
    bool provisional = false;      // E19: while it is, nobody knows when it ends (E50)
    std::string calendar_version;  // that the deadline was counted by
    Digest token_digest{};
    Bytes sealed_subject;                    // SubjectFacts as reported with this case, under the subject's data key
    RatingId rating_id;                      // the answer in force; 0 = none
    std::int32_t service_ordinal = 0;        // 1.. within the dossier, in order of opening
    std::int32_t service_number = 0;         // the province's, learnt by M4; 0 = not known
    std::string service_name, service_time;  // as sent in the M1; empty until it first leaves
};

// An evaluation with what belongs to it.
struct EvaluationView {
    EvaluationRow evaluation;
    CaseRow case_row;
    SubjectRow subject;
    std::optional<RatingRow> rating;
    std::optional<DraftRow> draft;
    DeliveryId undelivered_service;  // its M1 while that is not delivered: an M2 made now waits for it; 0 = delivered
    bool service_kept_back = false;  // its M1 never leaves (E56)
};

struct EvaluationStep {  // a move of the state machine in domain/evaluation.hpp
    EvaluationId id;
    EvaluationState from, to;
    RatingId rating_id;  // 0 = leave as it is
    bool was_withdrawn = false, withdrawn = false;
    Secrecy secrecy{};  // as it was read: what is counted, and which lane tells it, went by that
};

struct NewDeadline {
    EvaluationId id;
    Instant deadline_by_completion, deadline;
    bool provisional = false;
    std::string calendar_version;  // that it was counted by
};

// Where a list by deadline, and of one deadline by id, goes on.
struct UnansweredPlace {
    Instant deadline;
    EvaluationId id;
};

class EvaluationQueries {
public:
    virtual ~EvaluationQueries() = default;
    virtual result<std::vector<std::optional<EvaluationView>>> by_token(std::span<const Digest>) = 0;  // in order
    result<std::optional<EvaluationView>> by_token(const Digest& token_digest) {
        HCP_TRY(auto found, by_token(std::span{&token_digest, 1}));
        return std::move(found.front());
    }
    virtual result<std::optional<EvaluationView>> find(EvaluationId) = 0;
    virtual result<std::vector<EvaluationView>> of_case(CaseId) = 0;
    // Of one subject, newest first, with id < before (0 = from the newest).
    virtual result<std::vector<EvaluationView>> of_subject(const Digest& lookup, EvaluationId before,
                                                           std::size_t limit) = 0;
    // OPEN and DEFAULTED ones of one subject whose deadline is to come, and OPEN ones whose end nobody knows yet (E50),
    // oldest deadline first, those behind the place.
    virtual result<std::vector<EvaluationView>> unanswered_of_subject(const Digest& lookup,
                                                                      const UnansweredPlace& after, Instant now,
                                                                      std::size_t limit) = 0;
    // OPEN, by id, for the recomputation of deadlines (E20).
    virtual result<std::vector<EvaluationView>> open_after(EvaluationId, std::size_t limit) = 0;
    virtual result<std::vector<EvaluationView>> after(EvaluationId, std::size_t limit) = 0;  // by id
};

class Evaluations : public EvaluationQueries {
public:
    virtual result<void> insert(std::span<const EvaluationRow>) = 0;
    // OPEN with deadline <= at that is not provisional, oldest deadline first. Ours until the transaction ends: what
    // another has taken stays out, so fewer than `limit` may be answered while more are due.
    virtual result<std::vector<EvaluationView>> take_due(Instant at, std::size_t limit) = 0;
    // In order: true where the row was in `from`, withdrawn and secret or not as said, and moved; `to` may be `from`,
    // which holds it so until the transaction ends.
    virtual result<std::vector<bool>> move(std::span<const EvaluationStep>) = 0;
    // Those still OPEN get the deadline.
    virtual result<void> extend(std::span<const NewDeadline>) = 0;
    // Ends the secrecy of the evaluations of these cases; answers with them.
    virtual result<std::vector<EvaluationView>> lift(std::span<const CaseId>) = 0;
};

}  // namespace hcp::ports
