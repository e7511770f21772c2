#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/staff_invites.hpp"

namespace hcp::store {

void fields(auto& io, Of<ports::StaffInviteRow> auto& r) {
    io("id", r.id);
    io("token_digest", r.token_digest);
    io("staff_id", r.staff_id);
    io("made_by", r.made_by);
    io("made_at_us", r.made_at);
    io("until_us", r.until);
    io("used_at_us", r.used_at);
}

class SqlStaffInvites final : public ports::StaffInvites {
public:
    explicit SqlStaffInvites(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::optional<ports::StaffInviteRow>> by_token(const Digest&) override;
    result<std::vector<ports::StaffInviteRow>> after(StaffInviteId, std::size_t limit) override;
    result<void> insert(std::span<const ports::StaffInviteRow>) override;
    result<std::int64_t> use(StaffInviteId, Instant at) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
