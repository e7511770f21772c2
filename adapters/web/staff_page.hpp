#pragma once
#include "plugin/app/desk_sessions/find_session.hpp"
#include "plugin/ports/store/staff_sessions.hpp"

#include <string>
#include <string_view>
#include <vector>

// Pages of the staff listener as text; they need no script, but for the desk. Any thread.
namespace hcp::web {

struct SignOnWays {
    bool invite = false;  // whether there is a field for the code of a one-time link
    std::string portal;   // from where one comes with a ticket; empty: from nowhere
    std::string openid;   // what the centre's own sign-on is called; empty: there is none
};
[[nodiscard]] std::string staff_sign_on_page(const SignOnWays&);
[[nodiscard]] std::string staff_page(const app::DeskSession&, const std::vector<ports::StaffSessionRow>& sessions);
// Leads on by itself, from our own page: a browser does not send a strict cookie where another site's page leads.
[[nodiscard]] std::string staff_welcome_page();
// Where one is once signed on: the desk, or, where it was left out of the module, the page above.
[[nodiscard]] std::string_view staff_home() noexcept;
// The application, which does everything by the API. Only where it is there.
[[nodiscard]] std::string desk_page();
[[nodiscard]] std::string staff_notice_page(std::string_view title, std::string_view reason, std::string_view remedy);

}  // namespace hcp::web
