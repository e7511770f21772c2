#pragma once
#include "plugin/app/people/people.hpp"
#include "plugin/domain/ids.hpp"

#include <array>
#include <string_view>

namespace hcp::app {

// How supervision begins, or begins again where no supervisor is on the roster any more: a third person records that
// two become supervisors, each of whom confirms the other. Their entries bear a mark.
[[nodiscard]] ports::result<PeopleReply<std::array<domain::RoleGrantId, 2>>> found_supervision(
    const PeopleMeans&, std::string_view actor, const std::array<std::string_view, 2>& supervisors);

}  // namespace hcp::app
