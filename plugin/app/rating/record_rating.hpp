#pragma once
#include "plugin/domain/evaluation.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/record/books.hpp"
#include "plugin/record/held_because.hpp"
#include "plugin/record/keys.hpp"
#include "plugin/record/rules.hpp"
#include "plugin/run/workers.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hcp::app {

enum class Intent : std::int32_t {
    submit,     // this is the answer
    draft,      // keep what was tapped so far (E9)
    take_back,  // forget it (E55)
};

struct RatingRequest {
    record::Digest token_digest{};  // which evaluation
    domain::Answer answer;
    Intent intent = Intent::submit;
    bool real_name = true;  // E35
};

// Why an answer cannot be taken as it is. No rating was stored.
struct AnswerFault {
    std::string field;    // "level" | "tags" | "text" | "comment" | "phone" | "request_key"
    std::string problem;  // Chinese: what is wrong and what would be right
};

struct RatingReply {
    enum class Kind : std::int32_t {
        no_such_evaluation,
        fault,
        drafted,  // or, asked to take it back, no draft is left
        decided
    } kind = Kind::no_such_evaluation;
    std::optional<AnswerFault> fault;
    bool comment_kept = false;  // of what is no rating (E13, E40)
    bool draft_kept = false;    // of an answer with a fault: its level will count if nothing follows (E9)
    domain::AnswerFate fate = domain::AnswerFate::accepted;  // when decided
    std::optional<ports::EvaluationView> view;               // as it stands afterwards
    std::optional<domain::Consent> consent;                  // of the rating that this request made
};

inline constexpr std::size_t max_answer_characters = 2000;

// What is wrong with a comment: words are enough, and so is a level (E13).
[[nodiscard]] std::optional<AnswerFault> check_comment(const domain::Answer&, const domain::TagBook&);

// What is wrong with an answer in itself (M7.1, M8.2, M5.3). A draft may lack its content.
[[nodiscard]] std::optional<AnswerFault> check_answer(const domain::Answer&, Intent, const domain::PolicyVersion&,
                                                      const domain::TagBook&);

// Step 3 of the flow: OPEN -> RATED with rating, ticket, delivery, ledger entry and counters; or DEFAULTED -> RATED
// when the answer was received in time (E3, E53); or a comment when it was not (E13), or when the case was withdrawn
// before (E40). First valid answer wins; the same request again gets the same answer (E12).
class RecordRating {
public:
    RecordRating(record::Books& books, const record::Keys& keys, const record::RuleBook& rules,
                 record::BridgeTerms terms, const run::Workers& writer)
        : books_{books}, keys_{keys}, rules_{rules}, terms_{std::move(terms)}, writer_{writer} {}

    // Answers line up with the requests; all share one transaction, so that many people rating at once cost one sync.
    // The writer's thread.
    ports::result<std::vector<RatingReply>> record(std::span<const RatingRequest> requests);

private:
    class Batch;

    record::Books& books_;
    const record::Keys& keys_;
    const record::RuleBook& rules_;
    record::BridgeTerms terms_;
    const run::Workers& writer_;
};

}  // namespace hcp::app
