#pragma once
#include "plugin/app/people/people.hpp"
#include "plugin/domain/ids.hpp"

#include <string_view>

namespace hcp::app {

// M16.3: supervision confirms, and from then on the role holds. Nobody confirms what he proposed, or for himself.
[[nodiscard]] ports::result<PeopleReply<domain::RoleGrantId>> confirm_role(const PeopleMeans&, std::string_view actor,
                                                                           domain::RoleGrantId);

}  // namespace hcp::app
