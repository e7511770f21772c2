#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

class MemoryStaff final : public Staff {
public:
    explicit MemoryStaff(Unit& unit) : unit_{unit} {}
    result<std::vector<StaffRow>> all() override;
    result<std::vector<StaffRow>> of(std::span<const std::string> ids) override;
    result<void> insert(std::span<const StaffRow> all) override;

private:
    Unit& unit_;
};

}  // namespace hcp::test::memory
