#pragma once
#include "plugin/app/people/people.hpp"
#include "plugin/domain/ids.hpp"
#include "plugin/record/people.hpp"

#include <string_view>

namespace hcp::app {

// Supervision ends a role, and refuses a proposal; the technical department withdraws one that waits. At once, and with
// a reason. Nobody ends his own, so that a last supervisor stays.
[[nodiscard]] ports::result<PeopleReply<domain::RoleGrantId>> end_role(const PeopleMeans&, std::string_view actor,
                                                                       domain::RoleGrantId, std::string_view why);

// The row and the entry of an ending that was judged before. `conflict` where it was ended meanwhile.
[[nodiscard]] ports::result<void> enter_ending(const record::Keys&, ports::Transaction&, record::Pen&,
                                               ports::RoleGrantRow grant, std::string_view actor, std::string_view why);

}  // namespace hcp::app
