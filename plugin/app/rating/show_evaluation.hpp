#pragma once
#include "plugin/domain/evaluation.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/record/keys.hpp"
#include "plugin/record/rules.hpp"
#include "plugin/run/workers.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hcp::app {

// A rating as its author may read it again.
struct RatingFacts {
    domain::Level level = domain::Level::very_satisfied;
    domain::Origin origin = domain::Origin::authored;
    std::vector<std::string> tags;  // texts, of the youngest generation that has their codes
    std::string text;
    bool incomplete = false;
    bool unsubmitted = false;                    // 未提交 (E55)
    std::optional<domain::Instant> received_at;  // of an authored one
    std::string receipt;                         // of an authored one: 12 characters, shown and read aloud; computed
    domain::Consent consent;                     // read with one evaluation, not in lists
    // Where the ledger has it. Not of a rating given under bid secrecy: its number in the secret lane would tell how
    // many others there are (E14).
    struct Place {
        std::int32_t lane = 0;
        std::int64_t seq = 0;
    };
    std::optional<Place> ledger;
};

// What was said of it that is no rating (E13, E40), as its author sees it.
struct CommentFacts {
    std::int32_t revision = 1;           // 0: said before one could say it anew
    std::optional<domain::Level> level;  // enters no figure
    std::vector<std::string> tag_codes;
    std::vector<std::string> tags;  // their texts
    std::string text;
    domain::Instant received_at;
};

// What happens next with a bad review, and by when (M14). Of one given under bid secrecy no time is said: its clocks
// start with the opening, not with the receipt (E39).
struct FollowUp {
    struct Deadlines {
        domain::Instant contact, rectify;
    };
    std::optional<Deadlines> deadlines;
    std::string clause;
};

// What a page shows of one evaluation. No identity: whoever holds a link knows whose it is.
struct EvaluationFacts {
    std::string case_no, project_name, project_no, section, node, item_name, department_name;
    // M4.4: of the item, as it was published at the completion.
    struct Guide {
        std::string item_code, version;
        std::int32_t revision = 0;
    };
    std::optional<Guide> guide;
    domain::Line line = domain::Line::unknown;
    domain::Role role = domain::Role::unknown;
    domain::Instant completed_at, deadline;
    bool provisional = false;
    std::string why;  // how the days were counted, E1, E51
    // The days that count, first to last; none when the deadline was counted by an earlier calendar.
    std::vector<domain::Day> counted_days;
    std::string clause;           // the rule, and the measures it stands in (M0.1)
    std::string clause_validity;  // of a version whose time is over (M22.1)
    int window_days = 5;
    domain::Level default_level = domain::Level::very_satisfied;
    int bad_review_min_characters = 10;
    domain::EvaluationState state = domain::EvaluationState::open;
    bool withdrawn = false;
    bool bids_secret = false;  // E14: whoever holds the link is a bidder and may know it
    bool erased = false;       // E29: what the subject has written is gone, and nobody is known to answer any more
    bool over = false;         // now >= deadline, which is not provisional (E50)
    std::optional<domain::Draft> draft;
    std::optional<RatingFacts> rating;
    std::optional<FollowUp> follow_up;   // of a bad rating; only by_token reads it
    std::vector<CommentFacts> comments;  // as they stand, oldest first; the last one may be said anew

    // An answer given now counts: also one behind a default that a clock which stood ahead has settled too early (E3,
    // E24).
    [[nodiscard]] constexpr bool may_be_rated() const noexcept {
        return domain::is_unanswered(state) && !over && !withdrawn && !erased;
    }
};

// One line of what a subject may rate or has rated (M11.2).
struct ListedEvaluation {
    domain::EvaluationId id;
    std::string token;  // of the personal link
    EvaluationFacts facts;
};

// A page of what a subject may rate, by deadline and then by id, and where the next one goes on.
struct UnansweredPage {
    std::vector<ListedEvaluation> evaluations;
    std::optional<ports::UnansweredPlace> next;
};
inline constexpr std::size_t most_unanswered_in_page = 200;

class ShowEvaluation {
public:
    ShowEvaluation(ports::Store& store, const record::Keys& keys, const record::RuleBook& rules,
                   const run::Workers& readers)
        : store_{store}, keys_{keys}, rules_{rules}, readers_{readers} {}

    // Nothing when no evaluation has this token. The readers' threads.
    ports::result<std::optional<EvaluationFacts>> by_token(const record::Digest& token_digest, domain::Instant now);
    // Newest first, those with id < before (0 = from the newest). The readers' threads.
    ports::result<std::vector<ListedEvaluation>> of_subject(domain::SubjectType type, std::string_view certificate_no,
                                                            domain::EvaluationId before, std::size_t limit,
                                                            domain::Instant now);
    // At most most_unanswered_in_page that may be rated now, behind the place where another page ended. Whose deadline
    // was extended meanwhile may come again, and none is left out. The readers' threads.
    ports::result<UnansweredPage> unanswered_of_subject(domain::SubjectType type, std::string_view certificate_no,
                                                        const std::optional<ports::UnansweredPlace>& after,
                                                        domain::Instant now);
    // From what a transaction answered, without reading again; without comments. Any thread.
    ports::result<EvaluationFacts> facts_of(const ports::EvaluationView& view, domain::Instant now) const;

private:
    struct Commented;
    ports::result<EvaluationFacts> facts_of(const Commented& view, domain::Instant now) const;
    ports::result<std::vector<ListedEvaluation>> listed(const std::vector<Commented>& views, domain::SubjectType type,
                                                        std::string_view certificate_no, domain::Instant now) const;

    ports::Store& store_;
    const record::Keys& keys_;
    const record::RuleBook& rules_;
    const run::Workers& readers_;
};

[[nodiscard]] std::string receipt_of(const record::Keys& keys, domain::RatingId id);

}  // namespace hcp::app
