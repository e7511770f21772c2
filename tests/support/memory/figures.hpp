#pragma once
#include "tests/support/memory/unit.hpp"

#include <functional>
#include <vector>

namespace hcp::test::memory {

class MemoryFigures final : public Figures {
public:
    explicit MemoryFigures(Unit& unit) : unit_{unit} {}
    result<QueueFigures> queues() override;
    result<std::int64_t> highest_id() override;
    result<std::vector<Count>> counts(Day from, Day to) override;
    result<std::vector<Count>> recounted(Day from, Day to) override;
    result<std::vector<Count>> recounted_of(CaseId id) override;
    result<void> add(std::span<const Count> all) override;

private:
    std::vector<Count> recounted(const std::function<bool(const CaseRow&)>& of,
                                 const std::function<bool(const VisitRow&)>& and_of);
    void count(const CaseRow& row, QueueFigures& out) const;
    void count(const DeliveryRow& row, QueueFigures& out) const;

    Unit& unit_;
};

}  // namespace hcp::test::memory
