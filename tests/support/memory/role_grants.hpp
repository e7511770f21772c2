#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

class MemoryRoleGrants final : public RoleGrants {
public:
    explicit MemoryRoleGrants(Unit& unit) : unit_{unit} {}
    result<std::vector<RoleGrantRow>> after(RoleGrantId id, std::size_t limit) override;
    result<std::optional<RoleGrantRow>> find(RoleGrantId id) override;
    result<std::vector<RoleGrantRow>> not_ended() override;
    result<std::vector<RoleGrantRow>> not_ended_of(std::string_view staff_id) override;
    result<void> insert(std::span<const RoleGrantRow> all) override;
    result<std::int64_t> confirm(RoleGrantId id, std::string_view by, Instant at) override;
    result<std::int64_t> end(RoleGrantId id, const RoleEnding& ending) override;

private:
    Unit& unit_;
};

}  // namespace hcp::test::memory
