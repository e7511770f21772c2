#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/role_grants.hpp"

namespace hcp::store {

void fields(auto& io, Of<ports::RoleGrantRow> auto& r) {
    io("id", r.id);
    io("staff_id", r.staff_id);
    io("role_code", r.role);
    io("department_id", r.department_id);
    io("founding", r.founding);
    io("proposed_by", r.proposed_by);
    io("proposed_at_us", r.proposed_at);
    io("confirmed_by", r.confirmed_by);
    io("confirmed_at_us", r.confirmed_at);
    io("ended_by", r.ended_by);
    io("ended_at_us", r.ended_at);
    io("sealed_why", r.sealed_why);
    io("why_digest", r.why_digest);
}

class SqlRoleGrants final : public ports::RoleGrants {
public:
    explicit SqlRoleGrants(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::vector<ports::RoleGrantRow>> after(RoleGrantId, std::size_t limit) override;
    result<std::optional<ports::RoleGrantRow>> find(RoleGrantId) override;
    result<std::vector<ports::RoleGrantRow>> not_ended() override;
    result<std::vector<ports::RoleGrantRow>> not_ended_of(std::string_view) override;
    result<void> insert(std::span<const ports::RoleGrantRow>) override;
    result<std::int64_t> confirm(RoleGrantId, std::string_view by, Instant at) override;
    result<std::int64_t> end(RoleGrantId, const ports::RoleEnding&) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
