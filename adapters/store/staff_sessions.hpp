#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/staff_sessions.hpp"

namespace hcp::store {

void fields(auto& io, Of<ports::StaffSessionRow> auto& r) {
    io("id", r.id);
    io("token_digest", r.token_digest);
    io("staff_id", r.staff_id);
    io("way_code", r.way);
    io("invite_id", r.invite_id);
    io("since_us", r.since);
    io("seen_at_us", r.seen_at);
    io("idle_ends_at_us", r.idle_ends_at);
    io("ends_at_us", r.ends_at);
    io("ended_by", r.ended_by);
    io("ended_at_us", r.ended_at);
}

class SqlStaffSessions final : public ports::StaffSessions {
public:
    explicit SqlStaffSessions(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::optional<ports::StaffSessionRow>> by_token(const Digest&) override;
    result<std::vector<ports::StaffSessionRow>> live_of(std::string_view staff_id, Instant now) override;
    result<std::vector<ports::StaffSessionRow>> after(StaffSessionId, std::size_t limit) override;
    result<void> insert(std::span<const ports::StaffSessionRow>) override;
    result<std::int64_t> seen(StaffSessionId, Instant at, Instant idle_ends_at) override;
    result<std::int64_t> end(StaffSessionId, std::string_view staff_id, std::string_view by, Instant at) override;
    result<std::int64_t> end_all_of(std::string_view staff_id, std::string_view by, Instant at) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
