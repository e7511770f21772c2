#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

class MemoryPresences final : public Presences {
public:
    explicit MemoryPresences(Unit& unit) : unit_{unit} {}
    result<std::vector<PresenceRow>> all() override;
    result<std::vector<Day>> lost_days() override;
    result<void> put(const PresenceRow& row) override;
    result<void> lose(std::span<const Day> days, Instant now) override;

private:
    Unit& unit_;
};

}  // namespace hcp::test::memory
