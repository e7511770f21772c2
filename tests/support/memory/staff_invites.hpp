#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

class MemoryStaffInvites final : public StaffInvites {
public:
    explicit MemoryStaffInvites(Unit& unit) : unit_{unit} {}
    result<std::optional<StaffInviteRow>> by_token(const Digest& token) override;
    result<std::vector<StaffInviteRow>> after(StaffInviteId id, std::size_t limit) override;
    result<void> insert(std::span<const StaffInviteRow> all) override;
    result<std::int64_t> use(StaffInviteId id, Instant at) override;

private:
    Unit& unit_;
};

}  // namespace hcp::test::memory
