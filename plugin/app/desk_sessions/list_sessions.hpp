#pragma once
#include "plugin/domain/time.hpp"
#include "plugin/ports/store/staff_sessions.hpp"
#include "plugin/ports/store/store.hpp"

#include <boost/json/object.hpp>

#include <string_view>
#include <vector>

namespace hcp::app {

// Those of a person that have not ended. Any database thread.
[[nodiscard]] ports::result<std::vector<ports::StaffSessionRow>> list_sessions(ports::Store&, std::string_view staff_id,
                                                                               domain::Instant now);
// As scripts and the desk read it.
[[nodiscard]] boost::json::object json_of(const ports::StaffSessionRow&);

}  // namespace hcp::app
