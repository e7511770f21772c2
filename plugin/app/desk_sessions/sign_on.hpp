#pragma once
#include "plugin/app/desk_sessions/desk.hpp"
#include "plugin/domain/staff_session.hpp"
#include "plugin/ports/host.hpp"
#include "plugin/ports/store/staff_sessions.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace hcp::app {

struct SignedOnDesk {
    std::string token;  // for his browser alone
    ports::StaffSessionRow session;
};

// Opens a session for whom a one-time link was made. Nothing: the link is unknown, used or over, or he is not on the
// roster any more; which of these, nobody is told. A link is used up by the first session that it opens.
[[nodiscard]] ports::result<std::optional<SignedOnDesk>> sign_on_by_invite(const DeskMeans&, domain::SessionLives,
                                                                           std::string_view token);
// For whom the host knows by his ticket; that a ticket counts once is the host's to see to. Nothing: the host knows no
// such ticket, it is a subject's, or its staff member is not on the roster.
[[nodiscard]] ports::result<std::optional<SignedOnDesk>> sign_on_by_ticket(const DeskMeans&, domain::SessionLives,
                                                                           const std::optional<ports::SignedOn>&);

// For whom the centre's own sign-on knows; that a code counts once is its to see to. Nothing: nobody of that staff id
// is on the roster.
[[nodiscard]] ports::result<std::optional<SignedOnDesk>> sign_on_by_openid(const DeskMeans&, domain::SessionLives,
                                                                           std::string_view staff_id);

}  // namespace hcp::app
