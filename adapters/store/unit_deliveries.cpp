#include "adapters/store/unit.hpp"
#include "plugin/domain/utf8.hpp"

#include <algorithm>

namespace hcp::store {
namespace {

// A diagnosis is cut rather than that what became of a delivery cannot be written down for its length.
std::string_view cut(std::string_view text) {
    constexpr std::size_t most = 500;
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i)
        if ((static_cast<unsigned char>(text[i]) & 0xC0u) != 0x80u && ++count > most) return text.substr(0, i);
    return text;
}

}  // namespace

void Unit::add_totals(const std::map<DeliveryState, std::int64_t>& changes) {
    Encoder out;
    for (const auto& [state, n] : changes) {
        if (n == 0) continue;
        out.add(instance_);
        out.add(state);
        out.add(n);
    }
    session_.each(Sql::add_total, 3, out.values());
}

result<void> Unit::insert(std::span<const DeliveryRow> all) {
    return guarded([&] {
        insert_all(Sql::insert_delivery, all);
        std::map<DeliveryState, std::int64_t> totals;
        Encoder waiting;
        for (const auto& d : all) {
            ++totals[d.state];
            if (d.waits_for != DeliveryId{}) waiting.add(d.id);
        }
        // What it was to wait for may have been delivered since the caller looked.
        if (waiting.size() > 0) change(Sql::wait_no_more, {}, waiting);
        add_totals(totals);
    });
}

result<std::vector<DeliveryWork>> Unit::claim(std::int32_t owner, Instant now, Instant lease_until, std::size_t limit) {
    return guarded([&] {
        Encoder ids;
        std::vector<DeliveryId> order;
        std::int64_t queued = 0;
        query(Sql::claimable, encode(now, limit, now, limit, limit), [&](Decoder from) {
            order.push_back(from.take<DeliveryId>());
            ids.add(order.back());
            if (from.take<DeliveryState>() == DeliveryState::queued) ++queued;
        });
        std::vector<DeliveryWork> out;
        if (order.empty()) return out;
        if (change(Sql::claim, encode(owner, lease_until), ids) != std::ssize(order))
            throw StoreError{store_errc::conflict};
        add_totals({{DeliveryState::queued, -queued}, {DeliveryState::claimed, queued}});

        std::unordered_map<DeliveryId, DeliveryWork> works;
        std::unordered_map<DossierId, std::vector<std::int32_t>> numbers;
        query_list(Sql::works, ids, [&](Decoder from) {
            DeliveryWork w;
            w.delivery = from.row<DeliveryRow>();
            w.evaluation = from.row<EvaluationRow>();
            w.of = from.row<CaseRow>();
            w.subject = from.row<SubjectRow>();
            w.dossier = from.row<DossierRow>();
            w.rating = from.row_if_any<RatingRow>();
            numbers[w.dossier.id];
            works.emplace(w.delivery.id, std::move(w));
        });
        Encoder dossiers;
        for (const auto& [id, taken] : numbers) dossiers.add(id);
        query_list(Sql::numbers_taken, dossiers, [&](Decoder from) {
            const auto id = from.take<DossierId>();
            numbers[id].push_back(from.take<std::int32_t>());
        });
        for (const auto id : order) {
            const auto found = works.find(id);
            if (found == works.end()) throw StoreError{store_errc::corrupt};
            found->second.taken_numbers = numbers[found->second.dossier.id];
            out.push_back(std::move(found->second));
        }
        return out;
    });
}

result<void> Unit::expire_claims(std::int32_t owner) {
    return guarded([&] { change(Sql::expire_claims, encode(owner)); });
}

result<void> Unit::mark(std::int32_t owner, std::span<const Mark> marks) {
    return guarded([&] {
        Encoder out, learnt, delivered;
        std::map<DeliveryState, std::int64_t> totals;
        for (const auto& m : marks) {
            const bool is_held = m.state == DeliveryState::held, is_delivered = m.state == DeliveryState::delivered;
            out.add(m.state);
            out.add(m.held_reason);
            out.add(m.outcome_unknown);
            out.add(m.next_at);
            out.add(cut(m.reason));
            out.add(m.sent_digest);
            out.add(is_delivered ? std::optional{m.at} : std::nullopt);
            out.add(is_held ? std::optional{m.at} : std::nullopt);
            out.add(m.id);
            out.add(owner);
            ++totals[m.state];
            --totals[DeliveryState::claimed];
            if (is_delivered) delivered.add(m.id);
            if (m.service_number == 0 && m.service_time.empty()) continue;
            learnt.add(Learnt{m.service_number});
            learnt.add(m.service_time);
            learnt.add(m.evaluation_id);
        }
        std::vector<std::int64_t> changed;
        session_.each(Sql::mark_delivery, 10, out.values(), &changed);
        if (std::any_of(changed.begin(), changed.end(), [](auto rows) { return rows == 0; }))
            throw StoreError{store_errc::conflict};
        session_.each(Sql::learn_number, 3, learnt.values());
        if (delivered.size() > 0) change(Sql::release_waiting, {}, delivered);
        add_totals(totals);
    });
}

result<std::int64_t> Unit::requeue_held(HeldReason reason, Instant now) {
    return guarded([&] {
        const auto n = change(Sql::requeue_held, encode(now, now, reason));
        add_totals({{DeliveryState::held, -n}, {DeliveryState::queued, n}});
        return n;
    });
}

result<std::int64_t> Unit::requeue(DeliveryId id, Instant now, Instant give_up_at) {
    return guarded([&] {
        std::int64_t total = 0;
        for (const auto from : {DeliveryState::held, DeliveryState::parked}) {
            const auto n = change(Sql::requeue_one, encode(now, give_up_at, id, from));
            add_totals({{from, -n}, {DeliveryState::queued, n}});
            total += n;
        }
        return total;
    });
}

result<std::int64_t> Unit::requeue_classified(std::span<const std::string> item_codes, Instant now) {
    return guarded([&]() -> std::int64_t {
        if (item_codes.empty()) return 0;
        const auto n = change(Sql::requeue_classified, encode(now, now), encode_list(item_codes));
        add_totals({{DeliveryState::held, -n}, {DeliveryState::queued, n}});
        return n;
    });
}

}  // namespace hcp::store
