#pragma once
#include "adapters/store/delivery_totals.hpp"
#include "plugin/ports/store/deliveries.hpp"

namespace hcp::store {

class SqlDeliveryHolds final : public ports::DeliveryHolds {
public:
    explicit SqlDeliveryHolds(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<void> lift(std::span<const EvaluationId>, Instant now) override;
    result<void> keep_back(std::span<const EvaluationId>, Instant now) override;
    result<std::int64_t> requeue_classified(std::span<const std::string> item_codes, Instant now) override;
    result<std::int64_t> requeue(DeliveryId, Instant now, Instant give_up_at) override;
    result<std::int64_t> hold(DeliveryId, Instant now) override;
    result<void> adopt(const ports::Adoption&) override;

    // As keep_back; throws.
    void keep_back_all(std::span<const EvaluationId>, Instant now);

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
    void keep_back(const NeverLeft& service, Instant now);
    std::vector<Waiting> waiting_for(DeliveryId id);
    // From one of these states, with the statement's own values beside `from`. Answers how many.
    std::int64_t move_from(std::initializer_list<DeliveryState> states, DeliveryState to, const Statement& statement,
                           const Encoder& values);

    Unit& unit_;
    DeliveryTotals totals_{unit_};
};

}  // namespace hcp::store
