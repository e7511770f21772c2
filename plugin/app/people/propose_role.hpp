#pragma once
#include "plugin/app/people/people.hpp"
#include "plugin/domain/ids.hpp"
#include "plugin/domain/staff.hpp"

#include <string_view>

namespace hcp::app {

// Whose role it is, and which. Of a department it is for the one where he is now.
struct Proposal {
    std::string_view staff_id;
    domain::StaffRole role = domain::StaffRole::evaluated;
};

// M16.3: the technical department proposes; nothing holds until supervision confirms. While nobody is technical, a
// supervisor proposes the first.
[[nodiscard]] ports::result<PeopleReply<domain::RoleGrantId>> propose_role(const PeopleMeans&, std::string_view actor,
                                                                           const Proposal&);

}  // namespace hcp::app
