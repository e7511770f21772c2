#pragma once
#include "plugin/domain/evaluation.hpp"
#include "plugin/ports/store/transaction.hpp"
#include "plugin/record/held_because.hpp"
#include "plugin/record/keys.hpp"
#include "plugin/record/new_rows.hpp"
#include "plugin/record/pen.hpp"
#include "plugin/record/rules.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace hcp::record {

// What has been said of one evaluation beside its rating (E13), as its rows tell.
struct Said {
    explicit Said(std::span<const ports::CommentRow> rows);

    std::int32_t revision = 0;  // of the comment as it stands; 0 = none
    bool has_care_ticket = false;
    std::set<Digest> requests;
};

// What ratings bring with them, gathered for one transaction: the row, the ledger entry, the ticket of a bad review
// with its deadlines (M2.3, E6), counted from when anybody at the centre could first know of it (E53), the delivery,
// the figures, and the move of the evaluation. Answers and defaults are made by the same hand.
class RatingRows {
public:
    RatingRows(Pen& pen, const Keys& keys, const Rules& rules, const BridgeTerms& terms)
        : pen_{pen}, keys_{keys}, rules_{rules}, terms_{terms} {}

    struct Content {
        domain::Origin origin = domain::Origin::authored;
        std::vector<std::string> tags;
        std::string text;
        domain::Channel channel = domain::Channel::system;
        bool real_name = true;
        Digest request_digest{};
        domain::Instant received_at;
        bool unsubmitted = false;  // a draft that the sweep takes for the answer (E9, E55)
        domain::Consent consent{};
    };

    // A rating of `view` (as read in this transaction), which then stands as it will be stored: moved, with this rating
    // and without its draft. Nothing of it is left behind when it fails.
    ports::result<void> add(ports::EvaluationView& view, domain::EvaluationMove move, domain::Level level,
                            Content content);
    // E13, E40: what came late, or on what was withdrawn: the comment, or its next revision. Its level never enters the
    // figures; of all that is said of an evaluation the first bad word opens a care ticket, which has no deadlines. The
    // same request again is the same comment (E12).
    ports::result<void> add_comment(const ports::EvaluationView& view, Said& said, std::optional<domain::Level> level,
                                    Content content);
    // Writes it all; conflict when an evaluation is not in the state that it was read in.
    ports::result<void> put_into(ports::Transaction& tx) const;

private:
    ports::result<void> add_consent(const ports::EvaluationView& view, domain::RatingId rating,
                                    const domain::Consent& consent);
    void add_ticket(const ports::EvaluationView& view, const ports::RatingRow& rating);
    void open(const ports::EvaluationView& view, const ports::TicketRow& ticket, domain::Metric metric);
    void add_delivery(const ports::EvaluationView& view, const ports::RatingRow& rating);
    void count(const ports::EvaluationView& view, domain::Metric metric) {
        counts_.add(view.case_row, view.evaluation.secrecy, metric);
    }

    Pen& pen_;
    const Keys& keys_;
    const Rules& rules_;
    const BridgeTerms& terms_;
    std::vector<ports::EvaluationStep> moves_;
    std::vector<domain::EvaluationId> answered_;  // what was begun on them is the answer now
    std::vector<ports::RatingRow> ratings_;
    std::vector<ports::RatingConsentRow> consents_;
    std::vector<ports::TicketRow> tickets_;
    std::vector<ports::CommentRow> comments_;
    std::vector<ports::DeliveryRow> deliveries_;
    Counts counts_;
};

// What was begun, as the answer it becomes by itself. `view` is of the evaluation that the draft is on.
[[nodiscard]] ports::result<RatingRows::Content> content_of(const Keys& keys, const ports::EvaluationView& view,
                                                            const ports::DraftRow& draft);

}  // namespace hcp::record
