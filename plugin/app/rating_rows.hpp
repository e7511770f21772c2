#pragma once
#include "plugin/app/books.hpp"
#include "plugin/app/held_because.hpp"
#include "plugin/app/identity.hpp"
#include "plugin/app/owed_rows.hpp"
#include "plugin/app/rules.hpp"

#include <optional>
#include <string>
#include <vector>

namespace hcp::app {

// What a rating brings with it, gathered for one transaction: the row, the ledger entry, the ticket of a bad review
// with its deadlines (M2.3, E6), the delivery and the figures. Answers and defaults are made by the same hand.
class RatingRows {
public:
    RatingRows(Pen& pen, const Keys& keys, const Rules& rules, const BridgeTerms& terms)
        : pen_{pen}, keys_{keys}, rules_{rules}, terms_{terms} {}

    struct Content {
        domain::Origin origin = domain::Origin::authored;
        domain::Level level = domain::Level::very_satisfied;
        std::vector<std::string> tags;
        std::string text;
        domain::Channel channel = domain::Channel::system;
        bool real_name = true;
        Digest request_digest{};
        domain::Instant received_at;
        // When a draft became a rating by the sweep: nobody could have known of a bad review before, so the ticket's
        // deadlines count from then (M14.3).
        std::optional<domain::Instant> review_at;
    };

    // Adds a rating of `view` (as read in this transaction) and sets view.rating and view.evaluation.rating_id. The
    // caller moves the state.
    ports::result<void> add(ports::EvaluationView& view, Content content);
    // E13: what came late; a late bad one opens a care ticket without deadlines. The level never enters the figures.
    ports::result<void> add_comment(const ports::EvaluationView& view, Content content);
    ports::result<void> insert_into(ports::Transaction& tx) const;

private:
    void add_ticket(const ports::EvaluationView& view, const ports::RatingRow& rating, domain::Instant review_at);
    void open(const ports::EvaluationView& view, const ports::TicketRow& ticket);
    void owe(const ports::EvaluationView& view, const ports::RatingRow& rating);
    void count(const ports::EvaluationView& view, domain::Metric metric, std::int64_t n = 1) {
        counts_.add(view.of, view.evaluation.secrecy, metric, n);
    }

    Pen& pen_;
    const Keys& keys_;
    const Rules& rules_;
    const BridgeTerms& terms_;
    std::vector<ports::RatingRow> ratings_;
    std::vector<ports::TicketRow> tickets_;
    std::vector<ports::CommentRow> comments_;
    std::vector<ports::DeliveryRow> deliveries_;
    Counts counts_;
};

}  // namespace hcp::app
