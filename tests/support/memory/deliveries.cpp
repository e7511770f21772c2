#include "tests/support/memory/deliveries.hpp"

#include "tests/support/memory/dossiers.hpp"
#include "tests/support/memory/ratings.hpp"

#include <algorithm>
#include <set>

namespace hcp::test::memory {

result<std::vector<DeliverySummary>> MemoryDeliveries::list(const DeliveryFilter& filter) {
    const auto& t = unit_.tables.deliveries;
    std::vector<DeliverySummary> out;
    for (auto at = t.after(filter.after); at != t.end() && out.size() < filter.limit; ++at) {
        if (asked_for(at->second.row, filter)) out.push_back(summary(at->second.row));
    }
    return out;
}

result<std::int64_t> MemoryDeliveries::count(const DeliveryFilter& filter) {
    return std::ssize(ids([&](const StoredDelivery& d) { return asked_for(d.row, filter); }));
}

bool MemoryDeliveries::asked_for(const DeliveryRow& row, const DeliveryFilter& filter) const {
    return told(row) && (!filter.state || row.state == *filter.state) &&
           (!filter.reason || row.held_reason == *filter.reason) && row.attempts >= filter.min_attempts &&
           (filter.case_no.empty() || case_of(row).case_no == filter.case_no) &&
           (!filter.created_from || row.created_at >= *filter.created_from) &&
           (!filter.created_before || row.created_at < *filter.created_before);
}

result<std::optional<DeliverySummary>> MemoryDeliveries::find(DeliveryId id) {
    const auto* found = unit_.tables.deliveries.find(id);
    if (found == nullptr || !told(found->row)) return std::optional<DeliverySummary>{};
    return std::optional{summary(found->row)};
}

result<void> MemoryDeliveries::insert(std::span<const DeliveryRow> all) {
    return unit_.guarded([&] {
        auto& t = unit_.tables;
        for (const auto& row : all) {
            const std::tuple once{row.evaluation_id, row.kind, row.revision};
            refuse_unless(t.evaluations.contains(row.evaluation_id));
            conflict_if(t.deliveries.contains(row.id) || t.deliveries_by_revision.contains(once));
            t.deliveries_by_revision.put(unit_.undo, once, row.id);
            t.deliveries.put(unit_.undo, row.id, {row});
        }
        for (const auto& row : all) {
            const auto* first = t.deliveries.find(row.waits_for);
            if (first != nullptr && first->row.state == DeliveryState::delivered)
                change(row.id, [](DeliveryRow& waiting) { waiting.waits_for = {}; });
        }
    });
}

result<std::vector<DeliveryWork>> MemoryDeliveries::claim(const Claim& claim) {
    std::set<std::pair<Instant, DeliveryId>> due;
    for (const auto& [id, stored] : unit_.tables.deliveries) {
        const auto& row = stored.row;
        if ((row.state == DeliveryState::queued || row.state == DeliveryState::claimed) &&
            row.waits_for == DeliveryId{} && row.next_at <= claim.now)
            due.emplace(row.next_at, id);
    }
    std::vector<DeliveryWork> works;
    for (const auto& [next_at, id] : due) {
        if (works.size() == claim.limit) break;
        change(
            id,
            [&](DeliveryRow& row) {
                if (row.state == DeliveryState::claimed) {
                    row.outcome_unknown = true;
                    row.known = {row.leave_by, false, std::nullopt};
                }
                row.leave_by.reset();
                if (row.kind == DeliveryKind::service) row.leave_by = claim.lease_until;
                row.state = DeliveryState::claimed;
                row.next_at = claim.lease_until;
                ++row.attempts;
            },
            claim.owner);
        works.push_back(work(id));
    }
    return works;
}

result<void> MemoryDeliveries::mark(std::int32_t owner, std::span<const DeliveryMark> marks) {
    return unit_.guarded([&] {
        auto& t = unit_.tables;
        for (const auto& m : marks) {
            const auto* found = t.deliveries.find(m.id);
            conflict_if(found == nullptr || found->row.state != DeliveryState::claimed || found->claimed_by != owner);
            change(m.id, [&](DeliveryRow& row) {
                row.state = m.state;
                row.held_reason = m.held_reason == HeldReason::withdrawn ? HeldReason::none : m.held_reason;
                row.outcome_unknown = m.outcome_unknown;
                row.known = m.outcome_unknown ? m.known : UnknownOutcome{};
                row.leave_by.reset();
                row.next_at = m.next_at;
                row.last_reason = first_characters(m.reason, 500);
                if (m.sent_digest != no_digest) row.sent_digest = m.sent_digest;
                row.delivered_at = m.state == DeliveryState::delivered ? std::optional{m.at} : std::nullopt;
                row.held_since = m.state == DeliveryState::held ? std::optional{m.at} : std::nullopt;
            });
            if (m.service_number != 0) put_number(m.evaluation_id, m.service_number);
            if (m.state == DeliveryState::delivered) release(m.id);
            if (m.held_reason == HeldReason::withdrawn) keep_back_one(m.evaluation_id, m.at);
        }
    });
}

result<void> MemoryDeliveries::freeze(std::span<const FrozenService> all) {
    for (const auto& one : all) {
        const auto owner = unit_.tables.deliveries.find(one.id)->claimed_by;
        change(
            one.id,
            [&](DeliveryRow& row) {
                row.written_at = one.written_at;
                row.sent_digest = one.digest;
            },
            owner);
        auto evaluation = *unit_.tables.evaluations.find(one.evaluation_id);
        evaluation.service_name = one.name;
        evaluation.service_time = one.time;
        unit_.tables.evaluations.put(unit_.undo, one.evaluation_id, std::move(evaluation));
    }
    return {};
}

result<void> MemoryDeliveries::expire_claims(std::int32_t owner, Instant now) {
    for (const auto id :
         ids([&](const StoredDelivery& d) { return d.row.state == DeliveryState::claimed && d.claimed_by == owner; }))
        change(
            id,
            [&](DeliveryRow& row) {
                row.next_at = row.created_at;
                if (row.leave_by) row.leave_by = std::min(*row.leave_by, now);
            },
            owner);
    return {};
}

result<void> MemoryDeliveries::shorten_waits(const LongestWaits& longest) {
    const auto waits = [](const StoredDelivery& d) {
        return d.row.state == DeliveryState::queued || d.row.state == DeliveryState::claimed ||
               d.row.state == DeliveryState::held;
    };
    for (const auto id : ids(waits))
        change(
            id,
            [&](DeliveryRow& row) {
                if (row.state == DeliveryState::queued) row.next_at = std::min(row.next_at, longest.next_try);
                if (row.state == DeliveryState::claimed) row.next_at = std::min(row.next_at, longest.lease_until);
                row.give_up_at = std::min(row.give_up_at, longest.give_up_at);
                if (row.held_since) row.held_since = std::min(*row.held_since, longest.held_since);
                if (row.leave_by) row.leave_by = std::min(*row.leave_by, longest.lease_until);
                if (row.known.absent_at > longest.left_by) row.known.absent_at.reset();
                if (row.known.left_by) row.known.left_by = std::min(*row.known.left_by, longest.left_by);
            },
            unit_.tables.deliveries.find(id)->claimed_by);
    return {};
}

result<void> MemoryDeliveries::lift(std::span<const EvaluationId> evaluations, Instant now) {
    const std::set<EvaluationId> lifted{evaluations.begin(), evaluations.end()};
    back_to_queue(now, [&](const DeliveryRow& row) {
        return row.held_reason == HeldReason::secrecy && lifted.contains(row.evaluation_id);
    });
    return {};
}

result<void> MemoryDeliveries::keep_back(std::span<const EvaluationId> evaluations, Instant now) {
    for (const auto evaluation : evaluations) keep_back_one(evaluation, now);
    return {};
}

void MemoryDeliveries::keep_back_one(EvaluationId evaluation, Instant now) {
    auto& t = unit_.tables;
    const auto stay = [&](DeliveryId id) {
        change(id, [&](DeliveryRow& row) {
            row.state = DeliveryState::held;
            row.held_reason = HeldReason::withdrawn;
            row.waits_for = {};
            row.held_since = row.held_since.value_or(now);
        });
    };
    const auto waiting_for = [&](DeliveryId id, DeliveryKind kind) {
        return ids([&](const StoredDelivery& d) {
            return d.row.state != DeliveryState::delivered && d.row.waits_for == id && d.row.kind == kind;
        });
    };
    const auto services = ids([&](const StoredDelivery& d) {
        return d.row.evaluation_id == evaluation && d.row.kind == DeliveryKind::service && !d.row.may_have_left() &&
               d.row.held_reason != HeldReason::withdrawn &&
               (d.row.state == DeliveryState::queued || d.row.state == DeliveryState::held);
    });
    if (services.empty()) return;
    const auto service = t.deliveries.find(services.front())->row;
    for (const auto id : waiting_for(service.id, DeliveryKind::rating)) stay(id);
    auto behind = waiting_for(service.id, DeliveryKind::service);
    stay(service.id);
    for (const auto id : behind) change(id, [&](DeliveryRow& row) { row.waits_for = service.waits_for; });
    for (; !behind.empty(); behind = waiting_for(behind.front(), DeliveryKind::service)) {
        auto row = evaluation_of(t.deliveries.find(behind.front())->row);
        --row.service_ordinal;
        const auto id = row.id;
        t.evaluations.put(unit_.undo, id, std::move(row));
    }
    auto dossier = *t.dossiers.find(service.dossier_id);
    --dossier.service_count;
    if (dossier.last_service_delivery == service.id) dossier.last_service_delivery = service.waits_for;
    t.dossiers.put(unit_.undo, service.dossier_id, std::move(dossier));
}

result<std::int64_t> MemoryDeliveries::requeue(DeliveryId id, Instant now, Instant give_up_at) {
    const auto* found = unit_.tables.deliveries.find(id);
    if (found == nullptr || !told(found->row) ||
        (found->row.state != DeliveryState::held && found->row.state != DeliveryState::parked))
        return 0;
    change(id, [&](DeliveryRow& row) {
        row.state = DeliveryState::queued;
        row.held_reason = HeldReason::none;
        row.next_at = now;
        row.give_up_at = give_up_at;
        row.held_since.reset();
        row.outcome_unknown |= row.kind == DeliveryKind::service && row.written_at;
    });
    return 1;
}

result<std::int64_t> MemoryDeliveries::hold(DeliveryId id, Instant now) {
    const auto* found = unit_.tables.deliveries.find(id);
    if (found == nullptr || !told(found->row) ||
        (found->row.state != DeliveryState::queued && found->row.state != DeliveryState::parked))
        return 0;
    change(id, [&](DeliveryRow& row) {
        row.state = DeliveryState::held;
        row.held_reason = HeldReason::by_operator;
        row.held_since = now;
    });
    return 1;
}

result<void> MemoryDeliveries::adopt(const Adoption& a) {
    return unit_.guarded([&] {
        auto& t = unit_.tables;
        const auto* own = t.evaluations.find(a.evaluation_id);
        conflict_if(own == nullptr || own->dossier_id != a.dossier_id ||
                    (own->service_number != 0 && own->service_number != a.service_number));
        for (const auto& [id, row] : t.evaluations)
            conflict_if(id != a.evaluation_id && row.dossier_id == a.dossier_id &&
                        row.service_number == a.service_number);
        put_number(a.evaluation_id, a.service_number);
        if (const auto* found = t.listed_services.find(a.dossier_id)) {
            auto listing = *found;
            for (const auto number : a.surplus)
                if (std::any_of(listing.services.begin(), listing.services.end(),
                                [&](const KnownService& one) { return one.number == number; }))
                    listing.surplus.insert(number);
            t.listed_services.put(unit_.undo, a.dossier_id, std::move(listing));
        }
        auto dossier = *t.dossiers.find(a.dossier_id);
        dossier.doubled = false;
        t.dossiers.put(unit_.undo, a.dossier_id, std::move(dossier));
        const auto waits_for_this = [&](const StoredDelivery& d) {
            return d.row.dossier_id == a.dossier_id &&
                   (d.row.state == DeliveryState::held || d.row.state == DeliveryState::parked) &&
                   (d.row.held_reason == HeldReason::doubled ||
                    (d.row.held_reason == HeldReason::unclear && d.row.evaluation_id == a.evaluation_id));
        };
        for (const auto id : ids(waits_for_this))
            change(id, [&](DeliveryRow& row) {
                row.state = DeliveryState::queued;
                row.held_reason = HeldReason::none;
                row.next_at = a.now;
                row.give_up_at = a.give_up_at;
                row.held_since.reset();
            });
    });
}

result<std::int64_t> MemoryDeliveries::requeue_classified(std::span<const std::string> item_codes, Instant now) {
    const std::set<std::string> known{item_codes.begin(), item_codes.end()};
    return back_to_queue(now, [&](const DeliveryRow& row) {
        return row.held_reason == HeldReason::unclassified && row.kind == DeliveryKind::service && told(row) &&
               known.contains(case_of(row).item_code);
    });
}

const EvaluationRow& MemoryDeliveries::evaluation_of(const DeliveryRow& row) const {
    return *unit_.tables.evaluations.find(row.evaluation_id);
}

const CaseRow& MemoryDeliveries::case_of(const DeliveryRow& row) const {
    return *unit_.tables.cases.find(evaluation_of(row).case_id);
}

template <class Wanted>
std::vector<DeliveryId> MemoryDeliveries::ids(const Wanted& wanted) const {
    std::vector<DeliveryId> out;
    for (const auto& [id, stored] : unit_.tables.deliveries)
        if (wanted(stored)) out.push_back(id);
    return out;
}

template <class Change>
void MemoryDeliveries::change(DeliveryId id, const Change& change, std::int32_t claimed_by) {
    auto stored = *unit_.tables.deliveries.find(id);
    change(stored.row);
    stored.claimed_by = claimed_by;
    unit_.tables.deliveries.put(unit_.undo, id, std::move(stored));
}

template <class Wanted>
std::int64_t MemoryDeliveries::back_to_queue(Instant now, const Wanted& wanted) {
    const auto all = ids([&](const StoredDelivery& d) { return d.row.state == DeliveryState::held && wanted(d.row); });
    for (const auto id : all)
        change(id, [&](DeliveryRow& row) {
            row.state = DeliveryState::queued;
            row.held_reason = HeldReason::none;
            row.give_up_at += now - row.held_since.value_or(row.next_at);
            row.next_at = now;
            row.held_since.reset();
        });
    return std::ssize(all);
}

void MemoryDeliveries::put_number(EvaluationId id, std::int32_t number) {
    const auto* found = unit_.tables.evaluations.find(id);
    if (found == nullptr) return;
    auto row = *found;
    row.service_number = number;
    unit_.tables.evaluations.put(unit_.undo, id, std::move(row));
}

void MemoryDeliveries::release(DeliveryId delivered) {
    for (const auto id : ids([&](const StoredDelivery& d) { return d.row.waits_for == delivered; })) {
        const auto owner = unit_.tables.deliveries.find(id)->claimed_by;
        change(
            id, [](DeliveryRow& row) { row.waits_for = {}; }, owner);
    }
}

DeliverySummary MemoryDeliveries::summary(const DeliveryRow& row) const {
    const auto& case_row = case_of(row);
    const auto* dossier = unit_.tables.dossiers.find(row.dossier_id);
    const auto rating = rating_of(unit_.tables, row.rating_id);
    return {row,
            case_row.id,
            case_row.case_no,
            case_row.completion_no,
            case_row.node,
            dossier == nullptr ? std::string{} : dossier->project_no,
            evaluation_of(row).service_number,
            rating ? std::optional{rating->origin} : std::nullopt,
            rating && rating->unsubmitted};
}

DeliveryWork MemoryDeliveries::work(DeliveryId id) const {
    const auto& t = unit_.tables;
    DeliveryWork w;
    w.delivery = t.deliveries.find(id)->row;
    w.evaluation = evaluation_of(w.delivery);
    w.case_row = case_of(w.delivery);
    w.subject = *t.subjects.find(w.evaluation.subject_id);
    if (const auto* dossier = t.dossiers.find(w.delivery.dossier_id)) w.dossier = as_read(t, *dossier);
    w.rating = rating_of(t, w.delivery.rating_id);
    if (w.delivery.kind == DeliveryKind::rating && w.delivery.revision > 1)
        w.replaces_sent = !ids([&](const StoredDelivery& d) {
                               return d.row.evaluation_id == w.evaluation.id && d.row.kind == DeliveryKind::rating &&
                                      d.row.revision < w.delivery.revision && d.row.state == DeliveryState::delivered;
                           }).empty();
    if (!w.must_ask()) return w;
    auto listing = listing_of(t, w.dossier.id);
    w.sent = std::move(listing.sent);
    w.surplus = std::move(listing.surplus);
    return w;
}

}  // namespace hcp::test::memory
