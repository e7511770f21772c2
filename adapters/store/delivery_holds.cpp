#include "adapters/store/delivery_holds.hpp"

#include "adapters/store/statement_list.hpp"

#include <algorithm>

namespace hcp::store {
namespace {

// What was spent held does not count against the time to give up.
constexpr std::string_view back_to_queue = R"(
    update deliveries set state = #delivery.queued, held_reason = #held.none, next_at_us = :now,
        give_up_at_us = give_up_at_us + :now - coalesce(held_since_us, next_at_us), held_since_us = null where)";

constexpr struct {
    Statement lift{"delivery_holds.lift", {back_to_queue, R"(
        {apart state} = #delivery.held and held_reason = #held.secrecy and evaluation_id in (@evaluation_ids))"}};
    // In no queue, so an index by evaluation serves.
    Statement never_left{"delivery_holds.never_left", R"(
        select id, dossier_id, waits_for, state from deliveries where evaluation_id = :id and kind = #kind.service
        and (outcome_unknown = 0 or left_by_us is null) and held_reason <> #held.withdrawn
        and ({apart state} = #delivery.queued or {apart state} = #delivery.held))"};
    Statement waiting_for{"delivery_holds.waiting_for", R"(
        select id, evaluation_id, kind, state from deliveries where state <> #delivery.delivered
        and state in (#delivery.queued, #delivery.claimed, #delivery.held, #delivery.parked) and waits_for = :id)"};
    Statement stay{"delivery_holds.stay", R"(
        update deliveries set state = #delivery.held, held_reason = #held.withdrawn, waits_for = null,
            held_since_us = coalesce(held_since_us, :now)
        where id = :id)"};
    Statement wait_for{"delivery_holds.wait_for", "update deliveries set waits_for = :waits_for where id = :id"};
    Statement count_one_less{"delivery_holds.count_one_less",
                             "update evaluations set service_ordinal = service_ordinal - 1 where id in (@ids)"};
    Statement leave_dossier{"delivery_holds.leave_dossier", R"(
        update dossiers set service_count = service_count - 1, last_service_delivery =
            case when last_service_delivery = :id then :waits_for else last_service_delivery end
        where id = :dossier_id)"};
    Statement requeue{"delivery_holds.requeue", R"(
        update deliveries set state = :to, held_reason = #held.none, next_at_us = :now,
            give_up_at_us = :give_up_at, held_since_us = null,
            outcome_unknown = case when kind = #kind.service and written_at_us is not null then 1 else outcome_unknown end
        where id = :id and state = :from
        and exists (select 1 from evaluations e where e.id = evaluation_id and {told e}))"};
    Statement hold{"delivery_holds.hold", R"(
        update deliveries set state = :to, held_reason = #held.by_operator, held_since_us = :now
        where id = :id and state = :from
        and exists (select 1 from evaluations e where e.id = evaluation_id and {told e}))"};
    Statement requeue_classified{"delivery_holds.requeue_classified", {back_to_queue, R"(
        state <> #delivery.delivered and state = #delivery.held and held_reason = #held.unclassified
        and kind = #kind.service and exists (select 1 from evaluations e join cases c on c.id = e.case_id
            where e.id = evaluation_id and {told e} and c.item_code in (@item_codes)))"}};

    Statement number_taken{"delivery_holds.number_taken", R"(
        select count(*) from evaluations
        where dossier_id = :dossier_id and service_number = :number and id <> :id)"};
    Statement number{"delivery_holds.number", R"(
        update evaluations set service_number = :number
        where id = :id and dossier_id = :dossier_id and (service_number is null or service_number = :number))"};
    Statement surplus{"delivery_holds.surplus", R"(
        update listed_services set surplus = 1 where dossier_id = :dossier_id and service_number = :number)"};
    Statement settled{"delivery_holds.settled", "update dossiers set doubled = 0 where id = :dossier_id"};
    Statement resume{"delivery_holds.resume", R"(
        update deliveries set state = :to, held_reason = #held.none, next_at_us = :now,
            give_up_at_us = :give_up_at, held_since_us = null
        where state <> #delivery.delivered and state = :from and dossier_id = :dossier_id
        and (held_reason = #held.doubled or (held_reason = #held.unclear and evaluation_id = :id)))"};
} delivery_holds_sql;

}  // namespace

std::vector<const Statement*> SqlDeliveryHolds::statements() {
    return list_of(delivery_holds_sql);
}

result<void> SqlDeliveryHolds::lift(std::span<const EvaluationId> evaluations, Instant now) {
    return unit_.guarded([&] {
        if (evaluations.empty()) return;
        totals_.move(DeliveryState::held, DeliveryState::queued,
                     unit_.change(delivery_holds_sql.lift, with("now", now), store::list(evaluations)));
    });
}

result<void> SqlDeliveryHolds::keep_back(std::span<const EvaluationId> evaluations, Instant now) {
    return unit_.guarded([&] { keep_back_all(evaluations, now); });
}

void SqlDeliveryHolds::keep_back_all(std::span<const EvaluationId> evaluations, Instant now) {
    for (const auto evaluation : evaluations) {
        std::optional<NeverLeft> service;
        unit_.query(delivery_holds_sql.never_left, with("id", evaluation), [&](Decoder from) {
            auto& s = service.emplace();
            from("", s.id);
            from("", s.dossier_id);
            from("", s.waits_for);
            from("", s.state);
        });
        if (service) keep_back(*service, now);
    }
}

void SqlDeliveryHolds::keep_back(const NeverLeft& service, Instant now) {
    const auto stay = [&](DeliveryId id, DeliveryState from) {
        unit_.change(delivery_holds_sql.stay, with("id", id, "now", now));
        totals_.move(from, DeliveryState::held, 1);
    };
    const auto waiting = waiting_for(service.id);
    stay(service.id, service.state);
    std::optional<Waiting> next;  // in the dossier
    for (const auto& one : waiting) {
        if (one.kind == DeliveryKind::rating) {
            stay(one.id, one.state);
        } else {
            unit_.change(delivery_holds_sql.wait_for, with("id", one.id, "waits_for", service.waits_for));
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
    if (!behind.empty())
        unit_.change(delivery_holds_sql.count_one_less, {}, store::list(std::span<const EvaluationId>{behind}));
    unit_.change(delivery_holds_sql.leave_dossier,
                 with("id", service.id, "waits_for", service.waits_for, "dossier_id", service.dossier_id));
}

std::vector<SqlDeliveryHolds::Waiting> SqlDeliveryHolds::waiting_for(DeliveryId id) {
    std::vector<Waiting> all;
    unit_.query(delivery_holds_sql.waiting_for, with("id", id), [&](Decoder from) {
        auto& one = all.emplace_back();
        from("", one.id);
        from("", one.evaluation_id);
        from("", one.kind);
        from("", one.state);
    });
    return all;
}

result<std::int64_t> SqlDeliveryHolds::requeue_classified(std::span<const std::string> item_codes, Instant now) {
    return unit_.guarded([&]() -> std::int64_t {
        if (item_codes.empty()) return 0;
        const auto n = unit_.change(delivery_holds_sql.requeue_classified, with("now", now), store::list(item_codes));
        totals_.move(DeliveryState::held, DeliveryState::queued, n);
        return n;
    });
}

std::int64_t SqlDeliveryHolds::move_from(std::initializer_list<DeliveryState> states, DeliveryState to,
                                         const Statement& statement, const Encoder& values) {
    std::int64_t total = 0;
    for (const auto from : states) {
        auto all = values;
        all("from", from);
        all("to", to);
        const auto n = unit_.change(statement, all);
        totals_.move(from, to, n);
        total += n;
    }
    return total;
}

result<std::int64_t> SqlDeliveryHolds::requeue(DeliveryId id, Instant now, Instant give_up_at) {
    return unit_.guarded([&] {
        return move_from({DeliveryState::held, DeliveryState::parked}, DeliveryState::queued,
                         delivery_holds_sql.requeue, with("now", now, "give_up_at", give_up_at, "id", id));
    });
}

result<std::int64_t> SqlDeliveryHolds::hold(DeliveryId id, Instant now) {
    return unit_.guarded([&] {
        return move_from({DeliveryState::queued, DeliveryState::parked}, DeliveryState::held, delivery_holds_sql.hold,
                         with("now", now, "id", id));
    });
}

result<void> SqlDeliveryHolds::adopt(const ports::Adoption& a) {
    return unit_.guarded([&] {
        const auto own = with("id", a.evaluation_id, "dossier_id", a.dossier_id, "number", a.service_number);
        std::int64_t taken = 0;
        unit_.query(delivery_holds_sql.number_taken, own, [&](Decoder from) { taken = from.take<std::int64_t>(); });
        if (taken != 0 || unit_.change(delivery_holds_sql.number, own) != 1) throw StoreError{store_errc::conflict};
        Encoder surplus;
        for (const auto number : a.surplus) {
            surplus("dossier_id", a.dossier_id);
            surplus("number", number);
        }
        unit_.each(delivery_holds_sql.surplus, surplus);
        unit_.change(delivery_holds_sql.settled, with("dossier_id", a.dossier_id));
        move_from({DeliveryState::held, DeliveryState::parked}, DeliveryState::queued, delivery_holds_sql.resume,
                  with("now", a.now, "give_up_at", a.give_up_at, "id", a.evaluation_id, "dossier_id", a.dossier_id));
    });
}

}  // namespace hcp::store
