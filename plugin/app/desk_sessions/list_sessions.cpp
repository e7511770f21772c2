#include "plugin/app/desk_sessions/list_sessions.hpp"

#include "plugin/record/json.hpp"

#include <boost/json.hpp>

namespace hcp::app {

ports::result<std::vector<ports::StaffSessionRow>> list_sessions(ports::Store& store, std::string_view staff_id,
                                                                 domain::Instant now) {
    return ports::ask(store, [&](ports::Snapshot& rows) { return rows.staff_sessions().live_of(staff_id, now); });
}

boost::json::object json_of(const ports::StaffSessionRow& row) {
    return {{"id", record::id_text(row.id)},
            {"way", domain::code_of(row.way)},
            {"since_us", domain::to_us(row.since)},
            {"seen_at_us", domain::to_us(row.seen_at)},
            {"idle_ends_at_us", domain::to_us(row.idle_ends_at)},
            {"ends_at_us", domain::to_us(row.ends_at)}};
}

}  // namespace hcp::app
