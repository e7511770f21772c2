#pragma once
#include "plugin/app/people/people.hpp"
#include "plugin/ports/roster.hpp"
#include "plugin/ports/store/store.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::app {

// What an import does, or, of one that was only tried, would do.
struct RosterImported {
    std::vector<std::string> joined, changed, left;  // staff ids; who left is on the roster no more
    std::int64_t unchanged = 0;
    std::vector<ports::RoleGrantRow> roles_ended;
    std::vector<ports::Fault> faults;  // any: nothing was imported
};

// A file has everybody: who works here, who will, and whom the roster does not know yet to have left. A line that says
// something new becomes another version; who is not in the file any more is a fault, since a file that was cut short
// must send nobody away. Roles end with somebody's place, or with his department. Until there are supervisors anybody
// who is in the file may bring it in, afterwards who may by the table of access; and it may not leave the centre
// without a supervisor.
[[nodiscard]] ports::result<PeopleReply<RosterImported>> import_roster(const PeopleMeans&, std::string_view actor,
                                                                       std::span<const ports::RosterLine>);
// The same, nothing written. Any database thread.
[[nodiscard]] ports::result<PeopleReply<RosterImported>> try_roster(ports::Store&, const record::Keys&,
                                                                    std::string_view actor,
                                                                    std::span<const ports::RosterLine>,
                                                                    domain::Instant now);

}  // namespace hcp::app
