#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/deliveries.hpp"

#include <map>

namespace hcp::store {

void fields(auto& io, Of<ports::DeliveryRow> auto& r) {
    io("id", r.id);
    io("dossier_id", r.dossier_id);
    io("evaluation_id", r.evaluation_id);
    io("rating_id", r.rating_id);
    io("kind", r.kind);
    io("revision", r.revision);
    io("state", r.state);
    io("held_reason", r.held_reason);
    io("waits_for", r.waits_for);
    io("attempts", r.attempts);
    io("outcome_unknown", r.outcome_unknown);
    io("created_at_us", r.created_at);
    io("next_at_us", r.next_at);
    io("give_up_at_us", r.give_up_at);
    io("delivered_at_us", r.delivered_at);
    io("held_since_us", r.held_since);
    io("last_reason", r.last_reason);
    io("sent_digest", r.sent_digest);
}

// How many deliveries are in which state, kept with every move: each instance changes its own rows.
struct DeliveryTotalRow {
    std::int32_t instance = 0;
    DeliveryState state = DeliveryState::queued;
    std::int64_t n = 0;
};

void fields(auto& io, Of<DeliveryTotalRow> auto& r) {
    io("instance_no", r.instance);
    io("state", r.state);
    io("n", r.n);
}

class SqlDeliveries final : public ports::Deliveries {
public:
    explicit SqlDeliveries(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::vector<ports::DeliverySummary>> list(const ports::DeliveryFilter&) override;
    result<std::optional<ports::DeliverySummary>> find(DeliveryId) override;
    result<void> insert(std::span<const ports::DeliveryRow>) override;
    result<std::vector<ports::DeliveryWork>> claim(const ports::Claim&) override;
    result<void> mark(std::int32_t owner, std::span<const ports::DeliveryMark>) override;
    result<void> expire_claims(std::int32_t owner) override;
    result<void> shorten_waits(const ports::LongestWaits&) override;
    result<void> lift(std::span<const EvaluationId>, Instant now) override;
    result<void> keep_back(std::span<const EvaluationId>, Instant now) override;
    result<std::int64_t> requeue(DeliveryId, Instant now, Instant give_up_at) override;
    result<std::int64_t> requeue_classified(std::span<const std::string> item_codes, Instant now) override;

private:
    struct NeverLeft {  // an M1
        DeliveryId id;
        DossierId dossier_id;
        DeliveryId waits_for;
        DeliveryState state = DeliveryState::queued;
    };
    struct Waiting {
        DeliveryId id;
        EvaluationId evaluation_id;
        DeliveryKind kind = DeliveryKind::service;
        DeliveryState state = DeliveryState::queued;
    };
    void keep_back_all(std::span<const EvaluationId>, Instant now);
    void keep_back(const NeverLeft& service, Instant now);
    std::vector<Waiting> waiting_for(DeliveryId id);

    using Totals = std::map<DeliveryState, std::int64_t>;
    void add(const Totals& changes);
    void move(DeliveryState from, DeliveryState to, std::int64_t n) {
        if (from != to) add({{from, -n}, {to, n}});
    }
    std::vector<ports::DeliveryWork> works(std::span<const DeliveryId> claimed);

    Unit& unit_;
};

}  // namespace hcp::store
