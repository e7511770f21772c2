#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/staff.hpp"

namespace hcp::store {

void fields(auto& io, Of<ports::StaffRow> auto& r) {
    io("staff_id", r.staff_id);
    io("revision", r.revision);
    io("sealed_name", r.sealed_name);
    io("name_digest", r.name_digest);
    io("department_id", r.department_id);
    io("windows", r.windows);
    io("since_us", r.since);
    io("until_us", r.until);
    io("roster_no", r.roster_no);
    io("loaded_by", r.loaded_by);
    io("loaded_at_us", r.loaded_at);
}

class SqlStaff final : public ports::Staff {
public:
    explicit SqlStaff(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::vector<ports::StaffRow>> all() override;
    result<std::vector<ports::StaffRow>> of(std::span<const std::string>) override;
    result<void> insert(std::span<const ports::StaffRow>) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
