#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

class MemoryDeliveries final : public Deliveries, public DeliveryHolds {
public:
    explicit MemoryDeliveries(Unit& unit) : unit_{unit} {}
    result<std::vector<DeliverySummary>> list(const DeliveryFilter& filter) override;
    result<std::optional<DeliverySummary>> find(DeliveryId id) override;
    result<std::int64_t> count(const DeliveryFilter& filter) override;
    result<void> insert(std::span<const DeliveryRow> all) override;
    result<std::vector<DeliveryWork>> claim(const Claim&) override;
    result<void> freeze(std::span<const FrozenService> all) override;
    result<void> mark(std::int32_t owner, std::span<const DeliveryMark> marks) override;
    result<void> expire_claims(std::int32_t owner, Instant now) override;
    result<void> shorten_waits(const LongestWaits& longest) override;
    DeliveryHolds& holds() override { return *this; }

    result<void> lift(std::span<const EvaluationId> evaluations, Instant now) override;
    result<void> keep_back(std::span<const EvaluationId> evaluations, Instant now) override;
    result<std::int64_t> requeue_classified(std::span<const std::string> item_codes, Instant now) override;
    result<std::int64_t> requeue(DeliveryId id, Instant now, Instant give_up_at) override;
    result<std::int64_t> hold(DeliveryId id, Instant now) override;
    result<void> adopt(const Adoption&) override;

private:
    const EvaluationRow& evaluation_of(const DeliveryRow& row) const;
    const CaseRow& case_of(const DeliveryRow& row) const;
    bool told(const DeliveryRow& row) const { return evaluation_of(row).secrecy.may_be_told(); }
    bool asked_for(const DeliveryRow& row, const DeliveryFilter& filter) const;

    template <class Wanted>
    std::vector<DeliveryId> ids(const Wanted& wanted) const;
    template <class Change>
    void change(DeliveryId id, const Change& change, std::int32_t claimed_by = 0);
    template <class Wanted>
    std::int64_t back_to_queue(Instant now, const Wanted& wanted);
    void put_number(EvaluationId id, std::int32_t number);
    void release(DeliveryId delivered);
    void keep_back_one(EvaluationId evaluation, Instant now);
    DeliverySummary summary(const DeliveryRow& row) const;
    DeliveryWork work(DeliveryId id) const;

    Unit& unit_;
};

}  // namespace hcp::test::memory
