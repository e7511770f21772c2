#pragma once
#include "plugin/domain/bytes.hpp"
#include "plugin/domain/ids.hpp"
#include "plugin/domain/ledger_kind.hpp"
#include "plugin/domain/staff.hpp"
#include "plugin/domain/time.hpp"

#include <string>

// What the ledger says of who may do what at the centre (ledger_entries.hpp). Persons of the centre are in it by their
// staff ids.
namespace hcp::domain::entries {

// A role that somebody is to have, once another has confirmed it.
struct RoleProposed {
    static constexpr auto kind = LedgerKind::role_proposed;
    RoleGrantId grant_id;
    std::string staff_id;
    StaffRole role = StaffRole::evaluated;
    std::string department_id;
    std::string proposed_by;  // staff id
    Instant proposed_at;
    bool founding = false;  // one of the first two supervisors, whom nobody could propose
    friend bool operator==(const RoleProposed&, const RoleProposed&) = default;
};
void fields(auto& io, Of<RoleProposed> auto& e) {
    io("编号", e.grant_id);
    io("工号", e.staff_id);
    io("岗位", e.role);
    io("部门", e.department_id);
    io("提名人", e.proposed_by);
    io("提名时间", e.proposed_at);
    io("初始设立标记", e.founding);
}

struct RoleConfirmed {
    static constexpr auto kind = LedgerKind::role_confirmed;
    RoleGrantId grant_id;
    std::string confirmed_by;  // staff id
    Instant confirmed_at;
    friend bool operator==(const RoleConfirmed&, const RoleConfirmed&) = default;
};
void fields(auto& io, Of<RoleConfirmed> auto& e) {
    io("编号", e.grant_id);
    io("确认人", e.confirmed_by);
    io("确认时间", e.confirmed_at);
}

// Or a proposal that was withdrawn or refused.
struct RoleEnded {
    static constexpr auto kind = LedgerKind::role_ended;
    RoleGrantId grant_id;
    std::string ended_by;  // staff id
    Instant ended_at;
    Digest why{};
    friend bool operator==(const RoleEnded&, const RoleEnded&) = default;
};
void fields(auto& io, Of<RoleEnded> auto& e) {
    io("编号", e.grant_id);
    io("解除人", e.ended_by);
    io("解除时间", e.ended_at);
    io("原因", e.why);
}

}  // namespace hcp::domain::entries
