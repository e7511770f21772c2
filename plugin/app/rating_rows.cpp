#include "plugin/app/rating_rows.hpp"

#include "plugin/app/ledger_fields.hpp"
#include "plugin/app/owed_rows.hpp"

namespace hcp::app {

using namespace domain;

namespace {

// Free text is bound to the ledger under the subject's key and salted by the id of what carries it, so that equal texts
// do not show.
Digest text_digest(const ports::SubjectKey& key, std::int64_t salt, std::string_view text) {
    if (text.empty()) return {};
    const auto id = std::to_string(salt);
    return key.digest({ports::as_bytes(id), ports::as_bytes(std::string_view{"\0", 1}), ports::as_bytes(text)});
}

}  // namespace

ports::result<void> RatingRows::add(ports::EvaluationView& view, Content content) {
    HCP_TRY(const auto key, keys_.vault.unwrap(View{view.subject.wrapped_key}));
    const auto& policy = rules_.policy_of(view.of);

    ports::RatingRow row;
    row.id = pen_.id<RatingId>();
    row.evaluation_id = view.evaluation.id;
    row.revision = view.rating ? view.rating->revision + 1 : 1;
    row.origin = content.origin;
    row.level = content.level;
    row.tags = std::move(content.tags);
    row.text_digest = text_digest(*key, row.id.value(), content.text);
    if (!content.text.empty()) {
        HCP_TRY(row.sealed_text, key->seal(ports::as_bytes(content.text), View{row.text_digest}));
    }
    row.channel = content.channel;
    row.incomplete =
        content.origin == Origin::authored && !policy.says_enough(row.level, row.tags.size(), content.text);
    row.real_name = content.real_name;
    row.request_digest = content.request_digest;
    row.received_at = content.received_at;
    row.stored_at = pen_.now();
    const auto head =
        pen_.enter(row.origin == Origin::authored ? LedgerKind::rated : LedgerKind::defaulted,
                   chain_of(view.evaluation.embargoed), [&](LedgerEntry& entry) { put_rating(entry, row); });
    row.ledger_lane = head.lane;
    row.ledger_seq = head.seq;

    if (row.origin == Origin::authored && is_bad(row.level))
        add_ticket(view, row, content.review_at.value_or(row.received_at));
    owe(view, row);
    if (view.rating) count(view, rated_metric(view.rating->origin, view.rating->level), -1);
    count(view, rated_metric(row.origin, row.level), 1);

    view.evaluation.rating_id = row.id;
    view.rating = row;
    ratings_.push_back(std::move(row));
    return {};
}

void RatingRows::add_ticket(const ports::EvaluationView& view, const ports::RatingRow& rating, Instant review_at) {
    const auto& policy = rules_.policy_of(view.of);
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
    pen_.enter(LedgerKind::ticket_opened, chain_of(view.evaluation.embargoed), [&](LedgerEntry& entry) {
        entry.number(ticket.id.value())
            .number(rating.id.value())
            .instant(*ticket.contact_deadline)
            .instant(*ticket.rectify_deadline);
    });
    count(view, Metric::ticket_opened, 1);
    tickets_.push_back(ticket);
}

void RatingRows::owe(const ports::EvaluationView& view, const ports::RatingRow& rating) {
    auto held = HeldReason::none;
    if (view.evaluation.embargoed) {
        held = HeldReason::secrecy;
    } else if (rating.origin == Origin::by_default && !terms_.marks_defaults) {
        held = HeldReason::unmarked_default;
    } else if (view.evaluation.role == Role::expert && !terms_.allow_experts) {
        held = HeldReason::expert;
    }
    auto row = owed(pen_, view.evaluation, DeliveryKind::rating, held, terms_.give_up_after);
    row.rating_id = rating.id;
    row.revision = rating.revision;
    row.waits_for = view.undelivered_service;
    deliveries_.push_back(std::move(row));
}

ports::result<void> RatingRows::add_comment(const ports::EvaluationView& view, Content content) {
    HCP_TRY(const auto key, keys_.vault.unwrap(View{view.subject.wrapped_key}));
    ports::CommentRow row;
    row.id = pen_.id<CommentId>();
    row.evaluation_id = view.evaluation.id;
    row.level = content.level;
    row.tags = std::move(content.tags);
    const auto digest = text_digest(*key, row.id.value(), content.text);
    if (!content.text.empty()) {
        HCP_TRY(row.sealed_text, key->seal(ports::as_bytes(content.text), View{content.request_digest}));
    }
    row.channel = content.channel;
    row.request_digest = content.request_digest;
    row.received_at = content.received_at;
    pen_.enter(LedgerKind::comment, chain_of(view.evaluation.embargoed), [&](LedgerEntry& entry) {
        entry.number(row.id.value())
            .number(row.evaluation_id.value())
            .number(static_cast<std::int32_t>(row.level))
            .digest(digest)
            .instant(row.received_at);
    });
    count(view, Metric::comment_late, 1);
    if (is_bad(row.level)) {
        ports::TicketRow ticket;
        ticket.id = pen_.id<TicketId>();
        ticket.evaluation_id = view.evaluation.id;
        ticket.comment_id = row.id;
        ticket.level = row.level;
        ticket.real_name = content.real_name;
        ticket.received_at = row.received_at;
        pen_.enter(LedgerKind::ticket_opened, chain_of(view.evaluation.embargoed),
                   [&](LedgerEntry& entry) { entry.number(ticket.id.value()).number(row.id.value()); });
        count(view, Metric::ticket_opened, 1);
        tickets_.push_back(ticket);
    }
    comments_.push_back(std::move(row));
    return {};
}

void RatingRows::count(const ports::EvaluationView& view, Metric metric, std::int64_t n) {
    if (view.evaluation.embargoed) return;  // E14
    counts_.push_back(count_of(view.of, metric, n));
}

ports::result<void> RatingRows::insert_into(ports::Writing& rows) const {
    if (!ratings_.empty()) HCP_CHECK(rows.insert(std::span<const ports::RatingRow>{ratings_}));
    if (!comments_.empty()) HCP_CHECK(rows.insert(std::span<const ports::CommentRow>{comments_}));
    if (!tickets_.empty()) HCP_CHECK(rows.insert(std::span<const ports::TicketRow>{tickets_}));
    if (!deliveries_.empty()) HCP_CHECK(rows.insert(std::span<const ports::DeliveryRow>{deliveries_}));
    if (!counts_.empty()) HCP_CHECK(rows.add(std::span<const Count>{counts_}));
    return {};
}

}  // namespace hcp::app
