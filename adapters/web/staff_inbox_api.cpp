#include "adapters/web/staff_routes.hpp"
#include "plugin/app/inbox/inbox.hpp"
#include "plugin/record/json.hpp"

#include <utility>

namespace hcp::web {
namespace {

namespace json = boost::json;
using domain::NoticeId;

Response inbox(const StaffCall& call) {
    const auto page = StaffPage<NoticeId>::of(call.request);
    if (!page) return call.bad_page();
    const auto listed = app::list_inbox(call.context.staff.store, call.actor(), page->before(), page->limit);
    if (!listed) return call.store_failure(listed.error());
    json::array notices;
    for (const auto& one : listed->notices) notices.push_back(app::json_of(one));
    json::value next;
    if (listed->notices.size() == page->limit) next = record::id_text(listed->notices.back().id);
    return call.json(200, json::object{{"notices", std::move(notices)}, {"next", next}, {"unread", listed->unread}});
}

Response mark_read(const StaffCall& call) {
    StaffBody body{call};
    const auto ids = body.ids<NoticeId>("ids");
    if (body.fault()) return *body.fault();
    const auto& means = call.context.staff.means;
    const auto done = app::read_notices(means.books, means.writer, call.actor(), ids);
    if (!done) return call.store_failure(done.error());
    return call.json(200, json::object{{"read", *done}});
}

}  // namespace

void add_staff_inbox_api(RouteTable& routes, const SharedStaff& context) {
    add_read(routes, context, "/api/v1/staff/inbox", inbox);
    add_change(routes, context, Method::post, "/api/v1/staff/inbox/read", mark_read);
}

}  // namespace hcp::web
