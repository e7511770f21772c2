#include "adapters/store/unit.hpp"

#include <limits>
#include <set>
#include <tuple>

namespace hcp::store {

EvaluationView view_from(Decoder& from) {
    EvaluationView v;
    v.evaluation = from.row<EvaluationRow>();
    v.of = from.row<CaseRow>();
    v.subject = from.row<SubjectRow>();
    v.rating = from.row_if_any<RatingRow>();
    v.draft = from.row_if_any<DraftRow>();
    v.undelivered_service = from.take<DeliveryId>();
    return v;
}

namespace {

DeliverySummary summary_from(Decoder& from) {
    DeliverySummary s;
    s.delivery = from.row<DeliveryRow>();
    s.case_no = from.take<std::string>();
    s.completion_no = from.take<std::string>();
    s.node = from.take<std::string>();
    s.project_no = from.take<std::string>();
    s.service_number = from.take<std::int32_t>();
    return s;
}

template <class T>
std::optional<T> first_of(std::vector<T> all) {
    if (all.empty()) return std::nullopt;
    return std::move(all.front());
}

}  // namespace

std::vector<EvaluationView> Unit::views(Sql which, const Encoder& fixed) {
    std::vector<EvaluationView> out;
    query(which, fixed, [&](Decoder from) { out.push_back(view_from(from)); });
    return out;
}

result<std::vector<std::optional<SubjectRow>>> Unit::subjects_by_lookup(std::span<const Digest> keys) {
    return guarded(
        [&] { return in_order<SubjectRow>(Sql::subjects_by_lookup, keys, [](const auto& r) { return r.lookup; }); });
}

result<std::vector<std::optional<CaseRow>>> Unit::cases_by_key(std::span<const Digest> keys) {
    return guarded(
        [&] { return in_order<CaseRow>(Sql::cases_by_key, keys, [](const auto& r) { return r.key_digest; }); });
}

result<std::vector<std::optional<DossierRow>>> Unit::dossiers_by_key(std::span<const Digest> keys) {
    return guarded(
        [&] { return in_order<DossierRow>(Sql::dossiers_by_key, keys, [](const auto& r) { return r.key_digest; }); });
}

result<std::vector<std::optional<WithdrawalRow>>> Unit::withdrawals_by_key(std::span<const Digest> keys) {
    return guarded([&] {
        return in_order<WithdrawalRow>(Sql::withdrawals_by_key, keys, [](const auto& r) { return r.key_digest; });
    });
}

result<std::vector<bool>> Unit::visits_known(std::span<const Digest> keys) {
    return guarded([&] {
        std::unordered_map<Digest, bool, DigestHash> known;
        query_list(Sql::visits_by_key, encode_list(keys), [&](Decoder from) { known[from.take<Digest>()] = true; });
        std::vector<bool> out;
        for (const auto& key : keys) out.push_back(known.contains(key));
        return out;
    });
}

result<std::vector<OpeningRow>> Unit::openings_of(std::span<const std::string> project_nos) {
    return guarded([&] {
        Encoder list;
        for (const auto& project : project_nos) list.add(KeyText{project});
        std::vector<OpeningRow> out;
        // The parts of a list may share a project; its openings are answered once.
        std::set<std::tuple<std::string, std::string, Instant>> seen;
        query_list(Sql::openings_by_project, list, [&](Decoder from) {
            auto r = from.row<OpeningRow>();
            if (seen.emplace(r.project_no, r.section, r.opened_at).second) out.push_back(std::move(r));
        });
        return out;
    });
}

result<std::vector<ItemRow>> Unit::items() {
    return guarded([&] { return rows<ItemRow>(Sql::items, {}); });
}

result<std::vector<EvaluationView>> Unit::evaluations_of_case(CaseId id) {
    return guarded([&] { return views(Sql::views_of_case, encode(id)); });
}

result<std::optional<EvaluationView>> Unit::evaluation_by_token(const Digest& token) {
    HCP_TRY(auto all, evaluations_by_token(std::span{&token, 1}));
    return std::move(all.front());
}

result<std::vector<std::optional<EvaluationView>>> Unit::evaluations_by_token(std::span<const Digest> tokens) {
    return guarded([&] {
        std::unordered_map<Digest, EvaluationView, DigestHash> found;
        query_list(Sql::views_by_token, encode_list(tokens), [&](Decoder from) {
            auto v = view_from(from);
            const auto token = v.evaluation.token_digest;
            found.try_emplace(token, std::move(v));
        });
        std::vector<std::optional<EvaluationView>> out(tokens.size());
        for (std::size_t i = 0; i < tokens.size(); ++i)
            if (const auto at = found.find(tokens[i]); at != found.end()) out[i] = at->second;
        return out;
    });
}

result<std::optional<EvaluationView>> Unit::evaluation_by_subject(const Digest& case_key, const Digest& lookup) {
    return guarded([&] { return first_of(views(Sql::view_of_case_and_subject, encode(case_key, lookup))); });
}

result<std::vector<EvaluationView>> Unit::evaluations_of_subject(const Digest& lookup, EvaluationId before,
                                                                 std::size_t limit) {
    return guarded([&] {
        const auto end = before.value() == 0 ? std::numeric_limits<std::int64_t>::max() : before.value();
        return views(Sql::views_of_subject, encode(lookup, end, limit));
    });
}

result<std::vector<EvaluationView>> Unit::due(Instant at, std::size_t limit) {
    return guarded([&] { return views(Sql::views_due, encode(at, limit)); });
}

result<std::vector<EvaluationView>> Unit::open_after(EvaluationId after, std::size_t limit) {
    return guarded([&] { return views(Sql::views_open_after, encode(after.value(), limit)); });
}

result<std::vector<EvaluationView>> Unit::evaluations_after(EvaluationId after, std::size_t limit) {
    return guarded([&] { return views(Sql::views_after, encode(after.value(), limit)); });
}

result<std::optional<TicketRow>> Unit::ticket_of(EvaluationId id) {
    return guarded([&] { return first_of(rows<TicketRow>(Sql::ticket_of, encode(id))); });
}

result<std::optional<CommentRow>> Unit::comment_by_request(EvaluationId id, const Digest& request) {
    return guarded([&] { return first_of(rows<CommentRow>(Sql::comment_by_request, encode(id, request))); });
}

result<std::vector<CommentRow>> Unit::comments_of(std::span<const EvaluationId> ids) {
    return guarded([&] {
        Encoder list;
        for (const auto id : ids) list.add(id);
        std::vector<CommentRow> out;
        query_list(Sql::comments_of, list, [&](Decoder from) { out.push_back(from.row<CommentRow>()); });
        return out;
    });
}

result<std::vector<DeliverySummary>> Unit::deliveries(const DeliveryFilter& filter) {
    return guarded([&] {
        std::vector<DeliverySummary> out;
        const auto take = [&](Decoder from) { out.push_back(summary_from(from)); };
        const auto after = filter.after.value();
        if (!filter.state)
            query(Sql::deliveries_after, encode(after, filter.min_attempts, filter.limit), take);
        else if (*filter.state == DeliveryState::delivered)
            query(Sql::deliveries_delivered, encode(after, filter.min_attempts, filter.limit), take);
        else
            query(Sql::deliveries_of_state, encode(*filter.state, after, filter.min_attempts, filter.limit), take);
        return out;
    });
}

result<std::optional<DeliverySummary>> Unit::delivery(DeliveryId id) {
    return guarded([&] {
        std::optional<DeliverySummary> out;
        query(Sql::delivery_by_id, encode(id), [&](Decoder from) { out = summary_from(from); });
        return out;
    });
}

result<std::optional<Instant>> Unit::next_delivery_at() {
    return guarded([&] {
        std::optional<Instant> out;
        query(Sql::next_delivery_at, {}, [&](Decoder from) { out = from.take<std::optional<Instant>>(); });
        return out;
    });
}

result<QueueFigures> Unit::queue_figures() {
    return guarded([&] {
        QueueFigures out;
        query(Sql::figures, {}, [&](Decoder from) {
            from("", out.open_evaluations);
            from("", out.bad_ratings_without_ticket);
            from("", out.unattributed_cases);
            from("", out.unclassified_cases);
            from("", out.oldest_queued_at);
            from("", out.oldest_secret_since);
        });
        query(Sql::totals, {}, [&](Decoder from) {
            const auto state = from.take<DeliveryState>();
            const auto n = from.take<std::int64_t>();
            switch (state) {
                case DeliveryState::queued:
                    out.queued = n;
                    break;
                case DeliveryState::claimed:
                    out.claimed = n;
                    break;
                case DeliveryState::delivered:
                    out.delivered = n;
                    break;
                case DeliveryState::held:
                    out.held = n;
                    break;
                case DeliveryState::parked:
                    out.parked = n;
                    break;
            }
        });
        return out;
    });
}

result<std::vector<Count>> Unit::counts(Day from, Day to) {
    return guarded([&] { return rows<Count>(Sql::counts, encode(from, to)); });
}

result<std::vector<Count>> Unit::recounted(Day from, Day to) {
    return guarded([&] { return rows<Count>(Sql::recounted, encode(start_of(from), start_of(to))); });
}

result<std::vector<LedgerHead>> Unit::ledger_heads() {
    return guarded([&] { return rows<LedgerHead>(Sql::ledger_heads, {}); });
}

result<std::vector<LedgerRow>> Unit::ledger(std::int32_t lane, std::int64_t after_seq, std::size_t limit) {
    return guarded([&] { return rows<LedgerRow>(Sql::ledger_after, encode(lane, after_seq, limit)); });
}

result<std::vector<RatingRow>> Unit::ratings_after(RatingId after, std::size_t limit) {
    return guarded([&] { return rows<RatingRow>(Sql::ratings_after, encode(after.value(), limit)); });
}

result<std::vector<ReferenceRow>> Unit::references(ReferenceKind kind) {
    return guarded([&] { return rows<ReferenceRow>(Sql::references_of, encode(kind)); });
}

}  // namespace hcp::store
