#pragma once
#include "plugin/ports/sheet_writer.hpp"

#include <string>

namespace hcp::sheets {

// One sheet: the titles stay in sight and can be filtered by; texts are of the format "text", so that none becomes a
// formula when somebody edits its cell; the mark is also at the foot of each printed page.
[[nodiscard]] ports::result<std::string> xlsx_of(const ports::Sheet&);
// Whether the library for it is there.
[[nodiscard]] bool writes_xlsx();

}  // namespace hcp::sheets
