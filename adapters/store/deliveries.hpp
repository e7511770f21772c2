#pragma once
#include "adapters/store/delivery_holds.hpp"
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/deliveries.hpp"

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
    io("left_by_us", r.known.left_by);
    io("denied", r.known.denied);
    io("absent_at_us", r.known.absent_at);
    io("leave_by_us", r.leave_by);
    io("written_at_us", r.written_at);
    io("created_at_us", r.created_at);
    io("next_at_us", r.next_at);
    io("give_up_at_us", r.give_up_at);
    io("delivered_at_us", r.delivered_at);
    io("held_since_us", r.held_since);
    io("last_reason", r.last_reason);
    io("sent_digest", r.sent_digest);
}

class SqlDeliveries final : public ports::Deliveries {
public:
    explicit SqlDeliveries(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::vector<ports::DeliverySummary>> list(const ports::DeliveryFilter&) override;
    result<std::optional<ports::DeliverySummary>> find(DeliveryId) override;
    result<std::int64_t> count(const ports::DeliveryFilter&) override;
    result<void> insert(std::span<const ports::DeliveryRow>) override;
    result<std::vector<ports::DeliveryWork>> claim(const ports::Claim&) override;
    result<void> freeze(std::span<const ports::FrozenService>) override;
    result<void> mark(std::int32_t owner, std::span<const ports::DeliveryMark>) override;
    result<void> expire_claims(std::int32_t owner, Instant now) override;
    result<void> shorten_waits(const ports::LongestWaits&) override;
    SqlDeliveryHolds& holds() override { return holds_; }

private:
    std::vector<ports::DeliveryWork> works(std::span<const DeliveryId> claimed);
    void add_what_answers_are_held_against(std::span<ports::DeliveryWork> works);

    Unit& unit_;
    SqlDeliveryHolds holds_{unit_};
    DeliveryTotals totals_{unit_};
};

}  // namespace hcp::store
