#include "adapters/store/deliveries.hpp"

#include "adapters/store/cases.hpp"
#include "adapters/store/dossiers.hpp"
#include "adapters/store/evaluations.hpp"
#include "adapters/store/ratings.hpp"
#include "adapters/store/statement_list.hpp"
#include "adapters/store/subjects.hpp"
#include "plugin/domain/utf8.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <unordered_map>

namespace hcp::store {

using ports::Claim;
using ports::DeliveryMark;
using ports::DeliveryRow;
using ports::DeliverySummary;
using ports::DeliveryWork;

namespace {

// A partial index serves only a query that says its condition word for word, so `state <> delivered` stands beside the
// state that is meant.
constexpr std::string_view summary = R"(
    select {deliveries d}, c.id, c.case_no, c.completion_no, c.node, o.project_no, e.service_number,
        coalesce(r.origin, 0) as origin, coalesce(r.unsubmitted, 0) as unsubmitted
    from deliveries d join evaluations e on e.id = d.evaluation_id and {told e} join cases c on c.id = e.case_id
    left join dossiers o on o.id = d.dossier_id left join ratings r on r.id = d.rating_id)";

constexpr std::string_view counted = R"(
    select count(*) from deliveries d join evaluations e on e.id = d.evaluation_id and {told e}
    join cases c on c.id = e.case_id)";
// Conditions that are not asked for are there and hold.
constexpr std::string_view filtered = R"(
    d.attempts >= :attempts and (:any_reason = 1 or d.held_reason = :reason)
    and (:any_case = 1 or c.case_no = :case_no) and d.created_at_us >= :created_from
    and d.created_at_us < :created_before)";
constexpr std::string_view paged = "order by d.id {limit :limit}";

constexpr struct {
    Statement insert{"deliveries.insert", "{insert deliveries}"};

    // An operator's lists, some of them through all that was ever delivered.
    Statement page{"deliveries.page", {summary, "where d.id > :after and", filtered, paged}, true};
    Statement page_of_state{"deliveries.page_of_state",
                            {summary, "where d.state = :state and d.id > :after and", filtered, paged}};
    Statement page_of_delivered{"deliveries.page_of_delivered",
                                {summary, "where d.state = #delivery.delivered and d.id > :after and", filtered, paged},
                                true};
    Statement count{"deliveries.count", {counted, "where", filtered}, true};
    Statement count_of_state{"deliveries.count_of_state",
                             {counted, "where d.state <> #delivery.delivered and d.state = :state and", filtered}};
    Statement count_of_delivered{
        "deliveries.count_of_delivered", {counted, "where d.state = #delivery.delivered and", filtered}, true};
    Statement by_id{"deliveries.by_id", {summary, "where d.id = :id"}};

    // What is queued and due, and what is claimed and past its lease, each in the order of the index.
    Statement claimable{"deliveries.claimable", R"(
        select id from (
            select * from (select id, next_at_us from deliveries
                where state <> #delivery.delivered and state = #delivery.queued and waits_for is null
                and next_at_us <= :now order by next_at_us, id {limit :limit}) q
            union all
            select * from (select id, next_at_us from deliveries
                where state <> #delivery.delivered and state = #delivery.claimed and waits_for is null
                and next_at_us <= :now order by next_at_us, id {limit :limit}) l) both_kinds
        order by next_at_us, id {limit :limit})"};
    // Of these, what nobody else has taken since; from here on ours.
    Statement take{"deliveries.take", R"(
        select id, state from deliveries where id in (@ids) and {apart state} in (#delivery.queued, #delivery.claimed)
        and next_at_us <= :now {take})"};
    // MySQL assigns from left to right: what is read of the row stands before what is written over it.
    Statement claim{"deliveries.claim", R"(
        update deliveries set
            outcome_unknown = case when state = #delivery.claimed then 1 else outcome_unknown end,
            left_by_us = case when state = #delivery.claimed then leave_by_us else left_by_us end,
            denied = case when state = #delivery.claimed then 0 else denied end,
            absent_at_us = case when state = #delivery.claimed then null else absent_at_us end,
            leave_by_us = case when kind = #kind.service then :lease_until else null end,
            state = #delivery.claimed, claimed_by = :owner, next_at_us = :lease_until, attempts = attempts + 1
        where id in (@ids))"};
    Statement freeze{"deliveries.freeze",
                     "update deliveries set written_at_us = :written_at, sent_digest = :digest where id = :id"};
    Statement freeze_service{"deliveries.freeze_service", R"(
        update evaluations set service_name = :name, service_time = :time where id = :evaluation_id)"};
    Statement works{"deliveries.works", R"(
        select {deliveries d}, {evaluations e}, {cases c}, {subjects s},
            {dossiers o; last_service_delivery: (select w.id from deliveries w
                where w.id = o.last_service_delivery and w.state <> #delivery.delivered)},
            {ratings r}
        from deliveries d join evaluations e on e.id = d.evaluation_id join cases c on c.id = e.case_id
        join subjects s on s.id = e.subject_id left join dossiers o on o.id = d.dossier_id
        left join ratings r on r.id = d.rating_id where d.id in (@ids))"};
    Statement replaces_sent{"deliveries.replaces_sent", R"(
        select distinct d.id from deliveries d join deliveries p on p.evaluation_id = d.evaluation_id
            and p.kind = d.kind and p.revision < d.revision and p.state = #delivery.delivered
        where d.id in (@ids))"};

    Statement expire_claims{"deliveries.expire_claims", R"(
        update deliveries set next_at_us = created_at_us,
            leave_by_us = case when leave_by_us > :now then :now else leave_by_us end
        where state <> #delivery.delivered and state = #delivery.claimed and claimed_by = :owner)"};
    // Through all that is undelivered, but only where a clock may have been set back.
    Statement shorten_waits{"deliveries.shorten_waits", R"(
        update deliveries set
            next_at_us = case when state = #delivery.queued and next_at_us > :next_try then :next_try
                when state = #delivery.claimed and next_at_us > :lease_until then :lease_until else next_at_us end,
            give_up_at_us = case when give_up_at_us > :give_up_at then :give_up_at else give_up_at_us end,
            held_since_us = case when held_since_us > :held_since then :held_since else held_since_us end,
            leave_by_us = case when leave_by_us > :lease_until then :lease_until else leave_by_us end,
            absent_at_us = case when absent_at_us > :left_by then null else absent_at_us end,
            left_by_us = case when left_by_us > :left_by then :left_by else left_by_us end
        where state <> #delivery.delivered
        and state in (#delivery.queued, #delivery.claimed, #delivery.held) and (give_up_at_us > :give_up_at
            or (state = #delivery.queued and next_at_us > :next_try)
            or (state = #delivery.claimed and next_at_us > :lease_until)
            or held_since_us > :held_since or left_by_us > :left_by or absent_at_us > :left_by))",
                            true};
    Statement mark{"deliveries.mark", R"(
        update deliveries set state = :state, held_reason = :held_reason, outcome_unknown = :outcome_unknown,
            left_by_us = :left_by, denied = :denied, absent_at_us = :absent_at, leave_by_us = null, next_at_us = :next_at,
            last_reason = :reason, sent_digest = coalesce(:sent_digest, sent_digest), delivered_at_us = :delivered_at,
            held_since_us = :held_since, claimed_by = null
        where id = :id and {apart state} = #delivery.claimed and claimed_by = :owner)"};
    Statement learn{"deliveries.learn", R"(
        update evaluations set service_number = :service_number where id = :evaluation_id)"};
    // Every state but the one that the index leaves out, so that each is looked up in it.
    Statement release_waiting{"deliveries.release_waiting", R"(
        update deliveries set waits_for = null where state <> #delivery.delivered
        and state in (#delivery.queued, #delivery.claimed, #delivery.held, #delivery.parked) and waits_for in (@ids))"};
    // Whoever marks one as delivered and whoever comes to wait for it must not miss each other: so both write its row,
    // by which a server makes one wait, and a cluster of several writers lets one of them fail. A microsecond is a
    // change that means nothing; one that changes nothing would not be looked at.
    Statement await{"deliveries.await", R"(
        update deliveries set give_up_at_us = give_up_at_us + 1 where id in (@ids) and {apart state} <> #delivery.delivered)"};
    Statement wait_no_more{"deliveries.wait_no_more", R"(
        update deliveries set waits_for = null where exists (select 1 from deliveries p
            where p.id = deliveries.waits_for and p.state = #delivery.delivered)
        and id in (@ids))"};
} deliveries_sql;

// A diagnosis is cut rather than that what became of a delivery cannot be written down for its length.
constexpr std::size_t longest_reason = 500;

DeliverySummary summary_from(Decoder& from) {
    DeliverySummary s;
    s.delivery = from.row<DeliveryRow>();
    s.case_id = from.take<CaseId>();
    s.case_no = from.take<std::string>();
    s.completion_no = from.take<std::string>();
    s.node = from.take<std::string>();
    s.project_no = from.take<std::string>();
    s.service_number = from.take<std::int32_t>();
    if (const auto origin = from.take<std::int32_t>(); origin != 0) s.origin = static_cast<Origin>(origin);
    s.unsubmitted = from.take<std::int32_t>() != 0;
    return s;
}

Encoder values_of(const ports::DeliveryFilter& filter) {
    Encoder values;
    values("attempts", filter.min_attempts);
    values("any_reason", !filter.reason);
    values("reason", filter.reason.value_or(HeldReason::none));
    values("any_case", filter.case_no.empty());
    values("case_no", filter.case_no);
    values("created_from", filter.created_from.value_or(Instant::min()));
    values("created_before", filter.created_before.value_or(Instant::max()));
    if (filter.state) values("state", *filter.state);
    return values;
}

const Statement& serving(const ports::DeliveryFilter& filter, const Statement& any_state, const Statement& one_state,
                         const Statement& delivered) {
    if (!filter.state) return any_state;
    return *filter.state == DeliveryState::delivered ? delivered : one_state;
}

}  // namespace

std::vector<const Statement*> SqlDeliveries::statements() {
    return list_of(deliveries_sql);
}

result<std::vector<DeliverySummary>> SqlDeliveries::list(const ports::DeliveryFilter& filter) {
    return unit_.guarded([&] {
        auto values = values_of(filter);
        values("after", filter.after.value());
        values("limit", filter.limit);
        const auto& statement =
            serving(filter, deliveries_sql.page, deliveries_sql.page_of_state, deliveries_sql.page_of_delivered);
        std::vector<DeliverySummary> out;
        unit_.query(statement, values, [&](Decoder from) { out.push_back(summary_from(from)); });
        return out;
    });
}

result<std::int64_t> SqlDeliveries::count(const ports::DeliveryFilter& filter) {
    return unit_.guarded([&] {
        const auto& statement =
            serving(filter, deliveries_sql.count, deliveries_sql.count_of_state, deliveries_sql.count_of_delivered);
        std::int64_t n = 0;
        unit_.query(statement, values_of(filter), [&](Decoder from) { n = from.take<std::int64_t>(); });
        return n;
    });
}

result<std::optional<DeliverySummary>> SqlDeliveries::find(DeliveryId id) {
    return unit_.guarded([&] {
        std::optional<DeliverySummary> out;
        unit_.query(deliveries_sql.by_id, with("id", id), [&](Decoder from) { out = summary_from(from); });
        return out;
    });
}

result<void> SqlDeliveries::insert(std::span<const DeliveryRow> all) {
    return unit_.guarded([&] {
        unit_.insert(deliveries_sql.insert, all);
        Encoder waiting;
        std::set<DeliveryId> fresh, awaited;
        std::map<DeliveryState, std::int64_t> totals;
        for (const auto& d : all) {
            ++totals[d.state];
            fresh.insert(d.id);
            if (d.waits_for == DeliveryId{}) continue;
            waiting.add(d.id);
            if (!fresh.contains(d.waits_for)) awaited.insert(d.waits_for);
        }
        // What it was to wait for may have been delivered since the caller looked.
        if (!awaited.empty()) unit_.change(deliveries_sql.await, {}, store::list(awaited));
        if (!waiting.empty()) unit_.change(deliveries_sql.wait_no_more, {}, waiting);
        totals_.add(totals);
    });
}

result<std::vector<DeliveryWork>> SqlDeliveries::claim(const Claim& claim) {
    return unit_.guarded([&]() -> std::vector<DeliveryWork> {
        std::vector<DeliveryId> ids;
        std::unordered_map<DeliveryId, DeliveryState> taken;
        // Another instance may have been faster with all of them: only what finds nothing has found that there is
        // nothing.
        do {
            ids.clear();
            unit_.query(deliveries_sql.claimable, with("now", claim.now, "limit", claim.limit),
                        [&](Decoder from) { ids.push_back(from.take<DeliveryId>()); });
            if (ids.empty()) return {};
            unit_.query(deliveries_sql.take, with("now", claim.now), store::list(ids), [&](Decoder from) {
                const auto id = from.take<DeliveryId>();
                taken.emplace(id, from.take<DeliveryState>());
            });
        } while (taken.empty());
        std::erase_if(ids, [&](DeliveryId id) { return !taken.contains(id); });
        const auto claimed = unit_.change(
            deliveries_sql.claim, with("owner", claim.owner, "lease_until", claim.lease_until), store::list(ids));
        if (claimed != std::ssize(ids)) throw StoreError{store_errc::conflict};
        totals_.move(DeliveryState::queued, DeliveryState::claimed,
                     std::ranges::count(taken, DeliveryState::queued, [](const auto& one) { return one.second; }));
        return works(ids);
    });
}

result<void> SqlDeliveries::freeze(std::span<const ports::FrozenService> all) {
    return unit_.guarded([&] {
        if (all.empty()) return;
        Encoder deliveries, services;
        for (const auto& one : all) {
            deliveries("written_at", one.written_at);
            deliveries("digest", one.digest);
            deliveries("id", one.id);
            services("name", one.name);
            services("time", one.time);
            services("evaluation_id", one.evaluation_id);
        }
        unit_.each(deliveries_sql.freeze, deliveries);
        unit_.each(deliveries_sql.freeze_service, services);
    });
}

// In the order of `claimed`.
std::vector<DeliveryWork> SqlDeliveries::works(std::span<const DeliveryId> claimed) {
    std::unordered_map<DeliveryId, DeliveryWork> works;
    unit_.query_list(deliveries_sql.works, store::list(claimed), [&](Decoder from) {
        DeliveryWork w;
        w.delivery = from.row<DeliveryRow>();
        w.evaluation = from.row<ports::EvaluationRow>();
        w.case_row = from.row<ports::CaseRow>();
        w.subject = from.row<ports::SubjectRow>();
        w.dossier = from.row<ports::DossierRow>();
        w.rating = from.row_if_any<ports::RatingRow>();
        works.emplace(w.delivery.id, std::move(w));
    });
    std::vector<DeliveryWork> out;
    for (const auto id : claimed) {
        const auto found = works.find(id);
        if (found == works.end()) throw StoreError{store_errc::corrupt};
        out.push_back(std::move(found->second));
    }
    add_what_answers_are_held_against(out);
    return out;
}

void SqlDeliveries::add_what_answers_are_held_against(std::span<DeliveryWork> works) {
    Encoder corrections, dossiers;
    std::unordered_map<DossierId, ports::DossierListing> listings;
    for (const auto& w : works) {
        if (w.delivery.kind == DeliveryKind::rating && w.delivery.revision > 1) corrections.add(w.delivery.id);
        if (w.must_ask() && listings.try_emplace(w.dossier.id).second) dossiers.add(w.dossier.id);
    }
    SqlDossiers{unit_}.read(dossiers, listings);
    std::set<DeliveryId> replace_sent;
    unit_.query_list(deliveries_sql.replaces_sent, corrections,
                     [&](Decoder from) { replace_sent.insert(from.take<DeliveryId>()); });
    for (auto& w : works) {
        w.replaces_sent = replace_sent.contains(w.delivery.id);
        if (!w.must_ask()) continue;
        w.sent = listings[w.dossier.id].sent;
        w.surplus = listings[w.dossier.id].surplus;
    }
}

result<void> SqlDeliveries::mark(std::int32_t owner, std::span<const DeliveryMark> marks) {
    return unit_.guarded([&] {
        Encoder runs, learnt, delivered;
        std::map<DeliveryState, std::int64_t> totals;
        std::vector<EvaluationId> withdrawn;
        for (const auto& m : marks) {
            if (m.held_reason == HeldReason::withdrawn) withdrawn.push_back(m.evaluation_id);
            const bool is_held = m.state == DeliveryState::held, is_delivered = m.state == DeliveryState::delivered;
            runs("state", m.state);
            // It is kept back below.
            runs("held_reason", m.held_reason == HeldReason::withdrawn ? HeldReason::none : m.held_reason);
            const auto known = m.outcome_unknown ? m.known : UnknownOutcome{};
            runs("outcome_unknown", m.outcome_unknown);
            runs("left_by", known.left_by);
            runs("denied", known.denied);
            runs("absent_at", known.absent_at);
            runs("next_at", m.next_at);
            runs("reason", first_characters(m.reason, longest_reason));
            runs("sent_digest", m.sent_digest);
            runs("delivered_at", is_delivered ? std::optional{m.at} : std::nullopt);
            runs("held_since", is_held ? std::optional{m.at} : std::nullopt);
            runs("id", m.id);
            runs("owner", owner);
            ++totals[m.state];
            --totals[DeliveryState::claimed];
            if (is_delivered) delivered.add(m.id);
            if (m.service_number == 0) continue;
            learnt("service_number", m.service_number);
            learnt("evaluation_id", m.evaluation_id);
        }
        const auto changed = unit_.each(deliveries_sql.mark, runs);
        if (std::find(changed.begin(), changed.end(), 0) != changed.end()) throw StoreError{store_errc::conflict};
        unit_.each(deliveries_sql.learn, learnt);
        if (!delivered.empty()) unit_.change(deliveries_sql.release_waiting, {}, delivered);
        totals_.add(totals);
        holds_.keep_back_all(withdrawn, marks.empty() ? Instant{} : marks.front().at);
    });
}

result<void> SqlDeliveries::expire_claims(std::int32_t owner, Instant now) {
    return unit_.guarded([&] { unit_.change(deliveries_sql.expire_claims, with("owner", owner, "now", now)); });
}

result<void> SqlDeliveries::shorten_waits(const ports::LongestWaits& longest) {
    return unit_.guarded([&] {
        unit_.change(deliveries_sql.shorten_waits,
                     with("next_try", longest.next_try, "lease_until", longest.lease_until, "give_up_at",
                          longest.give_up_at, "held_since", longest.held_since, "left_by", longest.left_by));
    });
}

}  // namespace hcp::store
