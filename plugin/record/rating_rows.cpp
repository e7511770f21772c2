#include "plugin/record/rating_rows.hpp"

#include "plugin/record/ledger_facts.hpp"

namespace hcp::record {

using namespace domain;

namespace {

// Free text is sealed, and bound to the ledger under the subject's key, salted by the id of the row that carries it, so
// that equal texts do not show.
template <class Row>
ports::result<void> seal_text(Row& row, const ports::SubjectKey& key, std::string_view text) {
    if (text.empty()) return {};
    const auto id = std::to_string(row.id.value());
    row.text_digest =
        key.digest({ports::as_bytes(id), ports::as_bytes(std::string_view{"\0", 1}), ports::as_bytes(text)});
    HCP_TRY(row.sealed_text, key.seal(ports::as_bytes(text), View{row.text_digest}));
    return {};
}

}  // namespace

ports::result<void> RatingRows::add(ports::EvaluationView& view, EvaluationMove move, Content content) {
    HCP_TRY(const auto key, keys_.vault.unwrap(View{view.subject.wrapped_key}));
    const auto& policy = rules_.policy_of(view.case_row);

    ports::RatingRow row;
    row.id = pen_.id<RatingId>();
    row.evaluation_id = view.evaluation.id;
    row.revision = view.rating ? view.rating->revision + 1 : 1;
    row.origin = content.origin;
    row.level = content.level;
    row.tags = std::move(content.tags);
    HCP_CHECK(seal_text(row, *key, content.text));
    row.channel = content.channel;
    row.incomplete =
        content.origin == Origin::authored && !policy.says_enough(row.level, row.tags.size(), content.text);
    row.real_name = content.real_name;
    row.request_digest = content.request_digest;
    row.received_at = content.received_at;
    row.stored_at = pen_.now();
    const auto head = pen_.enter(view.evaluation.secrecy, fact_of(row));
    row.ledger_lane = head.lane;
    row.ledger_seq = head.seq;

    if (row.origin == Origin::authored && is_bad(row.level))
        add_ticket(view, row, content.review_at.value_or(row.received_at));
    if (view.rating) count(view, rated_metric(view.rating->origin, view.rating->level), -1);
    count(view, rated_metric(row.origin, row.level));

    const auto from = view.evaluation.state;
    view.evaluation.state = *after(from, move);
    view.evaluation.rating_id = row.id;
    view.rating = row;
    moves_.push_back({view.evaluation.id, from, view.evaluation.state, row.id, false});
    if (view.draft) answered_.push_back(view.evaluation.id);
    view.draft.reset();
    add_delivery(view, row);
    ratings_.push_back(std::move(row));
    return {};
}

void RatingRows::add_ticket(const ports::EvaluationView& view, const ports::RatingRow& rating, Instant review_at) {
    const auto& policy = rules_.policy_of(view.case_row);
    const auto day = day_of(review_at);
    ports::TicketRow ticket;
    ticket.id = pen_.id<TicketId>();
    ticket.evaluation_id = view.evaluation.id;
    ticket.rating_id = rating.id;
    ticket.level = rating.level;
    ticket.real_name = rating.real_name;
    ticket.received_at = review_at;
    ticket.contact_deadline = deadline(rules_.calendar, day, policy.contact()).at;
    ticket.rectify_deadline = deadline(rules_.calendar, day, policy.rectification()).at;
    open(view, ticket);
}

void RatingRows::open(const ports::EvaluationView& view, const ports::TicketRow& ticket) {
    pen_.enter(view.evaluation.secrecy, fact_of(ticket));
    count(view, Metric::ticket_opened);
    tickets_.push_back(ticket);
}

void RatingRows::add_delivery(const ports::EvaluationView& view, const ports::RatingRow& rating) {
    auto row = new_delivery(pen_, {DeliveryKind::rating, view.evaluation, view.case_row, &rating}, rules_, terms_);
    if (!stays_closed(view.evaluation, terms_)) row.waits_for = view.undelivered_service;
    deliveries_.push_back(std::move(row));
}

ports::result<void> RatingRows::add_comment(const ports::EvaluationView& view, Content content) {
    HCP_TRY(const auto key, keys_.vault.unwrap(View{view.subject.wrapped_key}));
    ports::CommentRow row;
    row.id = pen_.id<CommentId>();
    row.evaluation_id = view.evaluation.id;
    row.level = content.level;
    row.tags = std::move(content.tags);
    HCP_CHECK(seal_text(row, *key, content.text));
    row.channel = content.channel;
    row.request_digest = content.request_digest;
    row.received_at = content.received_at;
    pen_.enter(view.evaluation.secrecy, fact_of(row));
    count(view, Metric::comment_late);
    if (is_bad(row.level)) {
        ports::TicketRow ticket;
        ticket.id = pen_.id<TicketId>();
        ticket.evaluation_id = view.evaluation.id;
        ticket.comment_id = row.id;
        ticket.level = row.level;
        ticket.real_name = content.real_name;
        ticket.received_at = row.received_at;
        open(view, ticket);
    }
    comments_.push_back(std::move(row));
    return {};
}

ports::result<void> RatingRows::put_into(ports::Transaction& tx) const {
    HCP_CHECK(tx.ratings().insert(ratings_));
    HCP_CHECK(tx.comments().insert(comments_));
    HCP_CHECK(tx.tickets().insert(tickets_));
    HCP_CHECK(tx.deliveries().insert(deliveries_));
    HCP_CHECK(tx.drafts().drop(answered_));
    HCP_TRY(const auto moved, tx.evaluations().move(moves_));
    for (const bool ok : moved)
        if (!ok) return make_error_code(ports::store_errc::conflict);
    return tx.figures().add(counts_.all());
}

}  // namespace hcp::record
