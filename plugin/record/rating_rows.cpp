#include "plugin/record/rating_rows.hpp"

#include "plugin/record/evaluation_figures.hpp"
#include "plugin/record/ledger_facts.hpp"

#include <algorithm>
#include <utility>

namespace hcp::record {

using namespace domain;

namespace {

struct Sealed {
    Bytes bytes;
    Digest digest{};
};

// What people write is sealed, and bound to the ledger under the subject's key, salted by the id of the row that
// carries it, so that equal texts do not show. What has no text needs no key, and is not held up by one that is lost.
template <class Id>
ports::result<Sealed> seal(const Id& salt, std::string_view text, const ports::SubjectVault& vault,
                           const ports::SubjectRow& subject) {
    Sealed sealed;
    if (text.empty()) return sealed;
    HCP_TRY(const auto key, vault.unwrap(View{subject.wrapped_key}));
    const auto id = std::to_string(salt.value());
    sealed.digest =
        key->digest({ports::as_bytes(id), ports::as_bytes(std::string_view{"\0", 1}), ports::as_bytes(text)});
    HCP_TRY(sealed.bytes, key->seal(ports::as_bytes(text), View{sealed.digest}));
    return sealed;
}

template <class Row>
ports::result<void> seal_text(Row& row, const ports::SubjectVault& vault, const ports::SubjectRow& subject,
                              std::string_view text) {
    HCP_TRY(auto sealed, seal(row.id, text, vault, subject));
    row.sealed_text = std::move(sealed.bytes);
    row.text_digest = sealed.digest;
    return {};
}

}  // namespace

Said::Said(std::span<const ports::CommentRow> rows) {
    for (const auto& row : rows) {
        revision = std::max(revision, row.revision);
        has_care_ticket |= row.level && is_bad(*row.level);
        requests.insert(row.request_digest);
    }
}

ports::result<void> RatingRows::add(ports::EvaluationView& view, EvaluationMove move, Level level, Content content) {
    const auto& policy = rules_.policy_of(view.case_row);

    ports::RatingRow row;
    row.id = pen_.id<RatingId>();
    row.evaluation_id = view.evaluation.id;
    row.revision = view.rating ? view.rating->revision + 1 : 1;
    row.origin = content.origin;
    row.level = level;
    row.tags = std::move(content.tags);
    HCP_CHECK(seal_text(row, keys_.vault, view.subject, content.text));
    HCP_CHECK(add_consent(view, row.id, content.consent));
    row.channel = content.channel;
    row.incomplete =
        content.origin == Origin::authored && !policy.says_enough(row.level, row.tags.size(), content.text);
    row.unsubmitted = content.unsubmitted;
    row.real_name = content.real_name;
    row.request_digest = content.request_digest;
    row.received_at = content.received_at;
    row.stored_at = pen_.now();
    const auto head = pen_.enter(view.evaluation.secrecy, fact_of(row));
    row.ledger_lane = head.lane;
    row.ledger_seq = head.seq;

    if (row.origin == Origin::authored && is_bad(row.level)) add_ticket(view, row);
    record::count(counts_, view, -1);
    const auto from = view.evaluation.state;
    const bool was_withdrawn = view.evaluation.withdrawn;
    view.evaluation.state = *after(from, move);
    view.evaluation.withdrawn = view.case_row.withdrawn;
    view.evaluation.rating_id = row.id;
    view.rating = row;
    record::count(counts_, view, 1);
    moves_.push_back({view.evaluation.id, from, view.evaluation.state, row.id, was_withdrawn, view.evaluation.withdrawn,
                      view.evaluation.secrecy});
    if (view.draft) answered_.push_back(view.evaluation.id);
    view.draft.reset();
    add_delivery(view, row);
    ratings_.push_back(std::move(row));
    return {};
}

ports::result<void> RatingRows::add_consent(const ports::EvaluationView& view, RatingId rating,
                                            const Consent& consent) {
    if (!consent.any()) return {};
    HCP_TRY(auto phone, seal(rating, consent.phone, keys_.vault, view.subject));
    ports::RatingConsentRow row{rating, consent.shown_to_rated, consent.may_be_contacted, std::move(phone.bytes),
                                phone.digest};
    pen_.enter(view.evaluation.secrecy, fact_of(row));
    consents_.push_back(std::move(row));
    return {};
}

void RatingRows::add_ticket(const ports::EvaluationView& view, const ports::RatingRow& rating) {
    const auto& policy = rules_.policy_of(view.case_row);
    const auto day = day_of(pen_.now());
    ports::TicketRow ticket;
    ticket.id = pen_.id<TicketId>();
    ticket.evaluation_id = view.evaluation.id;
    ticket.rating_id = rating.id;
    ticket.level = rating.level;
    ticket.real_name = rating.real_name;
    ticket.received_at = pen_.now();
    ticket.contact_deadline = deadline(rules_.calendar, day, policy.contact()).at;
    ticket.rectify_deadline = deadline(rules_.calendar, day, policy.rectification()).at;
    open(view, ticket, Metric::ticket_opened);
}

void RatingRows::open(const ports::EvaluationView& view, const ports::TicketRow& ticket, Metric metric) {
    pen_.enter(view.evaluation.secrecy, fact_of(ticket));
    count(view, metric);
    tickets_.push_back(ticket);
}

void RatingRows::add_delivery(const ports::EvaluationView& view, const ports::RatingRow& rating) {
    // A service that was withdrawn before it came has no number in its dossier: it never leaves either.
    const bool kept_back = view.service_kept_back || view.evaluation.service_ordinal == 0;
    auto row = new_delivery(pen_, {DeliveryKind::rating, view.evaluation, view.case_row, &rating, false, {}, kept_back},
                            rules_, terms_);
    if (!stays_closed(view.evaluation, terms_) && !kept_back) row.waits_for = view.undelivered_service;
    deliveries_.push_back(std::move(row));
}

ports::result<void> RatingRows::add_comment(const ports::EvaluationView& view, Said& said, std::optional<Level> level,
                                            Content content) {
    if (!said.requests.insert(content.request_digest).second) return {};
    ports::CommentRow row;
    row.id = pen_.id<CommentId>();
    row.evaluation_id = view.evaluation.id;
    row.revision = ++said.revision;
    row.level = level;
    row.tags = std::move(content.tags);
    HCP_CHECK(seal_text(row, keys_.vault, view.subject, content.text));
    row.channel = content.channel;
    row.request_digest = content.request_digest;
    row.received_at = content.received_at;
    pen_.enter(view.evaluation.secrecy, fact_of(row));
    if (row.revision == 1) count(view, Metric::comment_late);
    const auto& stands = view.evaluation;
    if (stands.secrecy != open_to_all)  // an opening of bids at the same moment counts it, or finds us gone again
        moves_.push_back(
            {stands.id, stands.state, stands.state, RatingId{}, stands.withdrawn, stands.withdrawn, stands.secrecy});
    if (level && is_bad(*level) && !said.has_care_ticket) {
        said.has_care_ticket = true;
        ports::TicketRow ticket;
        ticket.id = pen_.id<TicketId>();
        ticket.evaluation_id = view.evaluation.id;
        ticket.comment_id = row.id;
        ticket.level = *level;
        ticket.real_name = content.real_name;
        ticket.received_at = pen_.now();
        open(view, ticket, Metric::care_ticket_opened);
    }
    comments_.push_back(std::move(row));
    return {};
}

ports::result<RatingRows::Content> content_of(const Keys& keys, const ports::EvaluationView& view,
                                              const ports::DraftRow& draft) {
    RatingRows::Content content;
    content.tags = draft.tags;
    content.channel = draft.channel;
    content.received_at = draft.last_tapped_at;
    content.unsubmitted = true;
    if (!draft.sealed_text.empty() && !view.subject.is_erased()) {
        HCP_TRY(const auto key, keys.vault.unwrap(View{view.subject.wrapped_key}));
        HCP_TRY(const auto text, key->open(View{draft.sealed_text}, View{view.evaluation.token_digest}));
        content.text = std::string{ports::as_text(text)};
    }
    return content;
}

ports::result<void> RatingRows::put_into(ports::Transaction& tx) const {
    HCP_CHECK(tx.ratings().insert(ratings_));
    HCP_CHECK(tx.ratings().insert(consents_));
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
