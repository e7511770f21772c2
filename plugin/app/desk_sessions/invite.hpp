#pragma once
#include "plugin/app/desk_sessions/desk.hpp"
#include "plugin/ports/store/staff_invites.hpp"

#include <string>
#include <string_view>

namespace hcp::app {

struct Invited {
    std::string token;  // shown once, to whoever made it; from here on it is kept nowhere
    ports::StaffInviteRow invite;
};

// A one-time link for somebody on the roster, made by another who may. It opens one session, within ten minutes, and
// gives no role.
[[nodiscard]] ports::result<DeskReply<Invited>> invite(const DeskMeans&, std::string_view actor,
                                                       std::string_view staff_id);

}  // namespace hcp::app
