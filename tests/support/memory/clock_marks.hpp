#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

class MemoryClockMarks final : public ClockMarks {
public:
    explicit MemoryClockMarks(Unit& unit) : unit_{unit} {}
    result<std::vector<ClockMarkRow>> all() override;
    result<void> put(const ClockMarkRow& row) override;
    result<std::int64_t> confirm(Instant now) override;

private:
    Unit& unit_;
};

}  // namespace hcp::test::memory
