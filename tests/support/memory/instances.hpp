#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

class MemoryInstances final : public Instances {
public:
    explicit MemoryInstances(Unit& unit) : unit_{unit} {}
    result<std::vector<InstanceSummary>> all() override;
    result<std::optional<std::int32_t>> held_by(std::string_view token) override;
    result<void> tell(const InstanceStateRow& row) override;
    result<std::int64_t> hand_over(std::int32_t instance_no, std::string_view token, Instant now) override;

private:
    [[nodiscard]] InstanceSummary summary_of(std::int32_t number, const Leased& leased) const;

    Unit& unit_;
};

}  // namespace hcp::test::memory
