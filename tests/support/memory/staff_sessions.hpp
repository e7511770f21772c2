#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

class MemoryStaffSessions final : public StaffSessions {
public:
    explicit MemoryStaffSessions(Unit& unit) : unit_{unit} {}
    result<std::optional<StaffSessionRow>> by_token(const Digest& token) override;
    result<std::vector<StaffSessionRow>> live_of(std::string_view staff_id, Instant now) override;
    result<std::vector<StaffSessionRow>> after(StaffSessionId id, std::size_t limit) override;
    result<void> insert(std::span<const StaffSessionRow> all) override;
    result<std::int64_t> seen(StaffSessionId id, Instant at, Instant idle_ends_at) override;
    result<std::int64_t> end(StaffSessionId id, std::string_view staff_id, std::string_view by, Instant at) override;
    result<std::int64_t> end_all_of(std::string_view staff_id, std::string_view by, Instant at) override;

private:
    void end(StaffSessionRow row, std::string_view by, Instant at);
    Unit& unit_;
};

}  // namespace hcp::test::memory
