#include "adapters/web/staff_page.hpp"

#include "adapters/web/embedded.hpp"
#include "adapters/web/page_parts.hpp"
#include "adapters/web/page_state.hpp"
#include "plugin/domain/staff.hpp"

namespace hcp::web {
namespace {

std::string framed(std::string_view title, data body) {
    body.set("title", text(title));
    body.set("css", asset_path("assets/site.css"));
    return render(Language::zh, "staff.mustache", body);
}

}  // namespace

std::string staff_sign_on_page(const SignOnWays& offered) {
    data ways, page;
    ways.set("invite", offered.invite);
    set_text(ways, "portal", offered.portal);
    set_text(ways, "openid", offered.openid);
    ways.set("none", !offered.invite && offered.portal.empty() && offered.openid.empty());
    page.set("sign_on", ways);
    return framed("登录", page);
}

std::string staff_page(const app::DeskSession& session, const std::vector<ports::StaffSessionRow>& sessions) {
    data person, page, roles{data::type::list}, rows{data::type::list};
    for (const auto role : session.viewer.roles) {
        data one;
        one.set("role", text(domain::text_of(role)));
        roles << one;
    }
    for (const auto& row : sessions) {
        data one;
        one.set("way", text(domain::text_of(row.way)));
        one.set("since", shanghai_text(row.since));
        one.set("seen", shanghai_text(row.seen_at));
        one.set("ends", shanghai_text(row.ends_at));
        one.set("own", row.id == session.row.id);
        rows << one;
    }
    if (staff_home() != "/staff/") person.set("desk", text(staff_home()));
    person.set("staff_id", session.viewer.staff_id);
    person.set("department", session.viewer.department_id);
    set_text(person, "name", session.name);
    person.set("roles", roles);
    person.set("sessions", rows);
    page.set("person", person);
    return framed("工作台", page);
}

std::string_view staff_home() noexcept {
    return embedded_file("desk/desk.js") == nullptr ? "/staff/" : "/desk/";
}

std::string desk_page() {
    data page;
    page.set("css", asset_path("desk/desk.css"));
    page.set("script", asset_path("desk/desk.js"));
    return render(Language::zh, "desk.mustache", page);
}

std::string staff_welcome_page() {
    data page;
    page.set("welcome", text(staff_home()));
    return framed("已登录", page);
}

std::string staff_notice_page(std::string_view title, std::string_view reason, std::string_view remedy) {
    data notice, page;
    notice.set("reason", text(reason));
    notice.set("remedy", text(remedy));
    page.set("notice", notice);
    return framed(title, page);
}

}  // namespace hcp::web
