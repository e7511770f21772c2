#pragma once
#include "plugin/domain/bytes.hpp"
#include "plugin/domain/ids.hpp"
#include "plugin/domain/ledger_kind.hpp"
#include "plugin/domain/staff_session.hpp"
#include "plugin/domain/time.hpp"

#include <string>

// What the ledger says of who came to the desk, and by whose leave (ledger_entries.hpp). A token is in it only as the
// keyed digest that its row has: another token put in there is noticed.
namespace hcp::domain::entries {

// A one-time link was made for somebody.
struct StaffInvited {
    static constexpr auto kind = LedgerKind::staff_invited;
    StaffInviteId invite_id;
    Digest token{};
    std::string staff_id;
    std::string made_by;  // staff id
    Instant made_at;
    Instant until;
    friend bool operator==(const StaffInvited&, const StaffInvited&) = default;
};
void fields(auto& io, Of<StaffInvited> auto& e) {
    io("编号", e.invite_id);
    io("令牌", e.token);
    io("工号", e.staff_id);
    io("签发人", e.made_by);
    io("签发时间", e.made_at);
    io("有效期至", e.until);
}

struct StaffSignedOn {
    static constexpr auto kind = LedgerKind::staff_signed_on;
    StaffSessionId session_id;
    Digest token{};
    std::string staff_id;
    SignOnWay way = SignOnWay::invite;
    StaffInviteId invite_id;  // 0: not by a one-time link
    Instant since;
    Instant ends_at;
    friend bool operator==(const StaffSignedOn&, const StaffSignedOn&) = default;
};
void fields(auto& io, Of<StaffSignedOn> auto& e) {
    io("编号", e.session_id);
    io("令牌", e.token);
    io("工号", e.staff_id);
    io("登录方式", e.way);
    io("链接编号", e.invite_id);
    io("登录时间", e.since);
    io("最迟结束", e.ends_at);
}

}  // namespace hcp::domain::entries
