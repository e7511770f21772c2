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
    select {deliveries d}, c.case_no, c.completion_no, c.node, o.project_no, e.service_number,
        coalesce(r.origin, 0), coalesce(r.unsubmitted, 0)
    from deliveries d join evaluations e on e.id = d.evaluation_id and {told e} join cases c on c.id = e.case_id
    left join dossiers o on o.id = d.dossier_id left join ratings r on r.id = d.rating_id)";

// What was spent held does not count against the time to give up.
constexpr std::string_view back_to_queue = R"(
    update deliveries set state = #delivery.queued, held_reason = #held.none, next_at_us = :now,
        give_up_at_us = give_up_at_us + :now - coalesce(held_since_us, next_at_us), held_since_us = null where)";

constexpr struct {
    Statement insert{"deliveries.insert", "{insert deliveries}"};
    Statement add_total{"deliveries.add_total",
                        "{upsert delivery_totals by instance_no, state: n = delivery_totals.n + new.n}"};

    // An operator's lists, some of them through all that was ever delivered.
    Statement page{"deliveries.page",
                   {summary, "where d.id > :after and d.attempts >= :attempts order by d.id {limit :limit}"},
                   true};
    Statement page_of_state{"deliveries.page_of_state", {summary, R"(
        where d.state = :state and d.id > :after and d.attempts >= :attempts order by d.id {limit :limit})"}};
    Statement page_of_delivered{"deliveries.page_of_delivered",
                                {summary, R"(
        where d.state = #delivery.delivered and d.id > :after and d.attempts >= :attempts
        order by d.id {limit :limit})"},
                                true};
    Statement by_id{"deliveries.by_id", {summary, "where d.id = :id"}};

    // What is queued and due, and what is claimed and past its lease, each in the order of the index.
    Statement claimable{"deliveries.claimable", R"(
        select id, state from (
            select * from (select id, state, next_at_us from deliveries
                where state <> #delivery.delivered and state = #delivery.queued and waits_for is null
                and next_at_us <= :now order by next_at_us, id {limit :limit}) q
            union all
            select * from (select id, state, next_at_us from deliveries
                where state <> #delivery.delivered and state = #delivery.claimed and waits_for is null
                and next_at_us <= :now order by next_at_us, id {limit :limit}) l) both_kinds
        order by next_at_us, id {limit :limit})"};
    Statement claim{"deliveries.claim", R"(
        update deliveries set
            outcome_unknown = case when state = #delivery.claimed then 1 else outcome_unknown end,
            state = #delivery.claimed, claimed_by = :owner, next_at_us = :lease_until, attempts = attempts + 1
        where id in (@ids))"};
    Statement works{"deliveries.works", R"(
        select {deliveries d}, {evaluations e}, {cases c}, {subjects s},
            {dossiers o; last_service_delivery: (select w.id from deliveries w
                where w.id = o.last_service_delivery and w.state <> #delivery.delivered)},
            {ratings r}
        from deliveries d join evaluations e on e.id = d.evaluation_id join cases c on c.id = e.case_id
        join subjects s on s.id = e.subject_id left join dossiers o on o.id = d.dossier_id
        left join ratings r on r.id = d.rating_id where d.id in (@ids))"};
    Statement numbers_taken{"deliveries.numbers_taken", R"(
        select dossier_id, service_number from evaluations
        where service_number is not null and dossier_id in (@dossier_ids) order by dossier_id, service_number)"};

    Statement expire_claims{"deliveries.expire_claims", R"(
        update deliveries set next_at_us = created_at_us
        where state <> #delivery.delivered and state = #delivery.claimed and claimed_by = :owner)"};
    // Through all that is undelivered, but only where a clock may have been set back.
    Statement shorten_waits{"deliveries.shorten_waits", R"(
        update deliveries set
            next_at_us = case when state = #delivery.queued and next_at_us > :next_try then :next_try
                when state = #delivery.claimed and next_at_us > :lease_until then :lease_until else next_at_us end,
            give_up_at_us = case when give_up_at_us > :give_up_at then :give_up_at else give_up_at_us end,
            held_since_us = case when held_since_us > :held_since then :held_since else held_since_us end
        where state <> #delivery.delivered
        and state in (#delivery.queued, #delivery.claimed, #delivery.held) and (give_up_at_us > :give_up_at
            or (state = #delivery.queued and next_at_us > :next_try)
            or (state = #delivery.claimed and next_at_us > :lease_until)
            or held_since_us > :held_since))",
                            true};
    Statement mark{"deliveries.mark", R"(
        update deliveries set state = :state, held_reason = :held_reason, outcome_unknown = :outcome_unknown,
            next_at_us = :next_at, last_reason = :reason, sent_digest = coalesce(:sent_digest, sent_digest),
            delivered_at_us = :delivered_at, held_since_us = :held_since, claimed_by = null
        where id = :id and state = #delivery.claimed and claimed_by = :owner)"};
    Statement learn{"deliveries.learn", R"(
        update evaluations set service_number = coalesce(:service_number, service_number),
            service_time = coalesce(:service_time, service_time)
        where id = :evaluation_id)"};
    // Every state but the one that the index leaves out, so that each is looked up in it.
    Statement release_waiting{"deliveries.release_waiting", R"(
        update deliveries set waits_for = null where state <> #delivery.delivered
        and state in (#delivery.queued, #delivery.claimed, #delivery.held, #delivery.parked) and waits_for in (@ids))"};
    Statement wait_no_more{"deliveries.wait_no_more", R"(
        update deliveries set waits_for = null where exists (select 1 from deliveries p
            where p.id = deliveries.waits_for and p.state = #delivery.delivered)
        and id in (@ids))"};

    Statement lift{"deliveries.lift", {back_to_queue, R"(
        {apart state} = #delivery.held and held_reason = #held.secrecy and evaluation_id in (@evaluation_ids))"}};
    // In no queue, so an index by evaluation serves.
    Statement never_left{"deliveries.never_left", R"(
        select id, dossier_id, waits_for, state from deliveries where evaluation_id = :id and kind = #kind.service
        and outcome_unknown = 0 and held_reason <> #held.withdrawn
        and ({apart state} = #delivery.queued or {apart state} = #delivery.held))"};
    Statement waiting_for{"deliveries.waiting_for", R"(
        select id, evaluation_id, kind, state from deliveries where state <> #delivery.delivered
        and state in (#delivery.queued, #delivery.claimed, #delivery.held, #delivery.parked) and waits_for = :id)"};
    Statement stay{"deliveries.stay", R"(
        update deliveries set state = #delivery.held, held_reason = #held.withdrawn, waits_for = null,
            held_since_us = coalesce(held_since_us, :now)
        where id = :id)"};
    Statement wait_for{"deliveries.wait_for", "update deliveries set waits_for = :waits_for where id = :id"};
    Statement count_one_less{"deliveries.count_one_less",
                             "update evaluations set service_ordinal = service_ordinal - 1 where id in (@ids)"};
    Statement leave_dossier{"deliveries.leave_dossier", R"(
        update dossiers set service_count = service_count - 1, last_service_delivery =
            case when last_service_delivery = :id then :waits_for else last_service_delivery end
        where id = :dossier_id)"};
    Statement requeue{"deliveries.requeue", R"(
        update deliveries set state = #delivery.queued, held_reason = #held.none, next_at_us = :now,
            give_up_at_us = :give_up_at, held_since_us = null
        where id = :id and state = :from
        and exists (select 1 from evaluations e where e.id = evaluation_id and {told e}))"};
    Statement requeue_classified{"deliveries.requeue_classified", {back_to_queue, R"(
        state <> #delivery.delivered and state = #delivery.held and held_reason = #held.unclassified
        and kind = #kind.service and exists (select 1 from evaluations e join cases c on c.id = e.case_id
            where e.id = evaluation_id and {told e} and c.item_code in (@item_codes)))"}};
} sql;

// A diagnosis is cut rather than that what became of a delivery cannot be written down for its length.
constexpr std::size_t longest_reason = 500;

DeliverySummary summary_from(Decoder& from) {
    DeliverySummary s;
    s.delivery = from.row<DeliveryRow>();
    s.case_no = from.take<std::string>();
    s.completion_no = from.take<std::string>();
    s.node = from.take<std::string>();
    s.project_no = from.take<std::string>();
    s.service_number = from.take<std::int32_t>();
    if (const auto origin = from.take<std::int32_t>(); origin != 0) s.origin = static_cast<Origin>(origin);
    s.unsubmitted = from.take<std::int32_t>() != 0;
    return s;
}

}  // namespace

std::vector<const Statement*> SqlDeliveries::statements() {
    return list_of(sql);
}

void SqlDeliveries::add(const Totals& changes) {
    std::vector<DeliveryTotalRow> rows;
    for (const auto& [state, n] : changes)
        if (n != 0) rows.push_back({unit_.instance(), state, n});
    unit_.insert(sql.add_total, std::span<const DeliveryTotalRow>{rows});
}

result<std::vector<DeliverySummary>> SqlDeliveries::list(const ports::DeliveryFilter& filter) {
    return unit_.guarded([&] {
        auto values = with("after", filter.after.value(), "attempts", filter.min_attempts, "limit", filter.limit);
        if (filter.state) values("state", *filter.state);
        const auto& statement = !filter.state                               ? sql.page
                                : *filter.state == DeliveryState::delivered ? sql.page_of_delivered
                                                                            : sql.page_of_state;
        std::vector<DeliverySummary> out;
        unit_.query(statement, values, [&](Decoder from) { out.push_back(summary_from(from)); });
        return out;
    });
}

result<std::optional<DeliverySummary>> SqlDeliveries::find(DeliveryId id) {
    return unit_.guarded([&] {
        std::optional<DeliverySummary> out;
        unit_.query(sql.by_id, with("id", id), [&](Decoder from) { out = summary_from(from); });
        return out;
    });
}

result<void> SqlDeliveries::insert(std::span<const DeliveryRow> all) {
    return unit_.guarded([&] {
        unit_.insert(sql.insert, all);
        Totals totals;
        Encoder waiting;
        for (const auto& d : all) {
            ++totals[d.state];
            if (d.waits_for != DeliveryId{}) waiting.add(d.id);
        }
        // What it was to wait for may have been delivered since the caller looked.
        if (!waiting.empty()) unit_.change(sql.wait_no_more, {}, waiting);
        add(totals);
    });
}

result<std::vector<DeliveryWork>> SqlDeliveries::claim(const Claim& claim) {
    return unit_.guarded([&]() -> std::vector<DeliveryWork> {
        std::vector<DeliveryId> ids;
        std::int64_t queued = 0;
        unit_.query(sql.claimable, with("now", claim.now, "limit", claim.limit), [&](Decoder from) {
            ids.push_back(from.take<DeliveryId>());
            if (from.take<DeliveryState>() == DeliveryState::queued) ++queued;
        });
        if (ids.empty()) return {};
        const auto claimed =
            unit_.change(sql.claim, with("owner", claim.owner, "lease_until", claim.lease_until), store::list(ids));
        if (claimed != std::ssize(ids)) throw StoreError{store_errc::conflict};
        move(DeliveryState::queued, DeliveryState::claimed, queued);
        return works(ids);
    });
}

// In the order of `claimed`.
std::vector<DeliveryWork> SqlDeliveries::works(std::span<const DeliveryId> claimed) {
    std::unordered_map<DeliveryId, DeliveryWork> works;
    std::unordered_map<DossierId, std::vector<std::int32_t>> numbers;
    unit_.query_list(sql.works, store::list(claimed), [&](Decoder from) {
        DeliveryWork w;
        w.delivery = from.row<DeliveryRow>();
        w.evaluation = from.row<ports::EvaluationRow>();
        w.case_row = from.row<ports::CaseRow>();
        w.subject = from.row<ports::SubjectRow>();
        w.dossier = from.row<ports::DossierRow>();
        w.rating = from.row_if_any<ports::RatingRow>();
        numbers[w.dossier.id];
        works.emplace(w.delivery.id, std::move(w));
    });
    Encoder dossiers;
    for (const auto& [id, taken] : numbers) dossiers.add(id);
    unit_.query_list(sql.numbers_taken, dossiers, [&](Decoder from) {
        const auto id = from.take<DossierId>();
        numbers[id].push_back(from.take<std::int32_t>());
    });
    std::vector<DeliveryWork> out;
    for (const auto id : claimed) {
        const auto found = works.find(id);
        if (found == works.end()) throw StoreError{store_errc::corrupt};
        found->second.taken_numbers = numbers[found->second.dossier.id];
        out.push_back(std::move(found->second));
    }
    return out;
}

result<void> SqlDeliveries::mark(std::int32_t owner, std::span<const DeliveryMark> marks) {
    return unit_.guarded([&] {
        Encoder runs, learnt, delivered;
        Totals totals;
        std::vector<EvaluationId> withdrawn;
        for (const auto& m : marks) {
            if (m.held_reason == HeldReason::withdrawn) withdrawn.push_back(m.evaluation_id);
            const bool is_held = m.state == DeliveryState::held, is_delivered = m.state == DeliveryState::delivered;
            runs("state", m.state);
            // It is kept back below.
            runs("held_reason", m.held_reason == HeldReason::withdrawn ? HeldReason::none : m.held_reason);
            runs("outcome_unknown", m.outcome_unknown);
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
            if (m.service_number == 0 && m.service_time.empty()) continue;
            learnt("service_number", Learnt{m.service_number});
            learnt("service_time", m.service_time);
            learnt("evaluation_id", m.evaluation_id);
        }
        const auto changed = unit_.each(sql.mark, runs);
        if (std::find(changed.begin(), changed.end(), 0) != changed.end()) throw StoreError{store_errc::conflict};
        unit_.each(sql.learn, learnt);
        if (!delivered.empty()) unit_.change(sql.release_waiting, {}, delivered);
        add(totals);
        keep_back_all(withdrawn, marks.empty() ? Instant{} : marks.front().at);
    });
}

result<void> SqlDeliveries::expire_claims(std::int32_t owner) {
    return unit_.guarded([&] { unit_.change(sql.expire_claims, with("owner", owner)); });
}

result<void> SqlDeliveries::shorten_waits(const ports::LongestWaits& longest) {
    return unit_.guarded([&] {
        unit_.change(sql.shorten_waits, with("next_try", longest.next_try, "lease_until", longest.lease_until,
                                             "give_up_at", longest.give_up_at, "held_since", longest.held_since));
    });
}

result<void> SqlDeliveries::lift(std::span<const EvaluationId> evaluations, Instant now) {
    return unit_.guarded([&] {
        if (evaluations.empty()) return;
        move(DeliveryState::held, DeliveryState::queued,
             unit_.change(sql.lift, with("now", now), store::list(evaluations)));
    });
}

result<void> SqlDeliveries::keep_back(std::span<const EvaluationId> evaluations, Instant now) {
    return unit_.guarded([&] { keep_back_all(evaluations, now); });
}

void SqlDeliveries::keep_back_all(std::span<const EvaluationId> evaluations, Instant now) {
    for (const auto evaluation : evaluations) {
        std::optional<NeverLeft> service;
        unit_.query(sql.never_left, with("id", evaluation), [&](Decoder from) {
            auto& s = service.emplace();
            from("", s.id);
            from("", s.dossier_id);
            from("", s.waits_for);
            from("", s.state);
        });
        if (service) keep_back(*service, now);
    }
}

void SqlDeliveries::keep_back(const NeverLeft& service, Instant now) {
    const auto stay = [&](DeliveryId id, DeliveryState from) {
        unit_.change(sql.stay, with("id", id, "now", now));
        move(from, DeliveryState::held, 1);
    };
    const auto waiting = waiting_for(service.id);
    stay(service.id, service.state);
    std::optional<Waiting> next;  // in the dossier
    for (const auto& one : waiting) {
        if (one.kind == DeliveryKind::rating) {
            stay(one.id, one.state);
        } else {
            unit_.change(sql.wait_for, with("id", one.id, "waits_for", service.waits_for));
            next = one;
        }
    }
    std::vector<EvaluationId> behind;
    while (next) {
        behind.push_back(next->evaluation_id);
        const auto others = waiting_for(next->id);
        const auto found = std::find_if(others.begin(), others.end(),
                                        [](const Waiting& one) { return one.kind == DeliveryKind::service; });
        next = found == others.end() ? std::nullopt : std::optional{*found};
    }
    if (!behind.empty()) unit_.change(sql.count_one_less, {}, store::list(std::span<const EvaluationId>{behind}));
    unit_.change(sql.leave_dossier,
                 with("id", service.id, "waits_for", service.waits_for, "dossier_id", service.dossier_id));
}

std::vector<SqlDeliveries::Waiting> SqlDeliveries::waiting_for(DeliveryId id) {
    std::vector<Waiting> all;
    unit_.query(sql.waiting_for, with("id", id), [&](Decoder from) {
        auto& one = all.emplace_back();
        from("", one.id);
        from("", one.evaluation_id);
        from("", one.kind);
        from("", one.state);
    });
    return all;
}

result<std::int64_t> SqlDeliveries::requeue(DeliveryId id, Instant now, Instant give_up_at) {
    return unit_.guarded([&] {
        std::int64_t total = 0;
        for (const auto from : {DeliveryState::held, DeliveryState::parked}) {
            const auto n =
                unit_.change(sql.requeue, with("now", now, "give_up_at", give_up_at, "id", id, "from", from));
            move(from, DeliveryState::queued, n);
            total += n;
        }
        return total;
    });
}

result<std::int64_t> SqlDeliveries::requeue_classified(std::span<const std::string> item_codes, Instant now) {
    return unit_.guarded([&]() -> std::int64_t {
        if (item_codes.empty()) return 0;
        const auto n = unit_.change(sql.requeue_classified, with("now", now), store::list(item_codes));
        move(DeliveryState::held, DeliveryState::queued, n);
        return n;
    });
}

}  // namespace hcp::store
