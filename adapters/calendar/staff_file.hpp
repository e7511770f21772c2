#pragma once
#include "plugin/ports/roster.hpp"

#include <string_view>

namespace hcp::calendar {

// A roster: staff_id,name,department_id,windows,since,until; a row per person, in UTF-8 with or without BOM, or in
// GB18030. windows has a ; between two and may be empty; since is the first day on which the row holds, until the last,
// or empty. Otherwise as csv.hpp has it, and no cell is a formula. `bytes`: of a larger file more than
// most_imported_bytes of them.
[[nodiscard]] ports::RosterFile roster_from(std::string_view file, std::string_view bytes);

}  // namespace hcp::calendar
