#pragma once
#include <string_view>

namespace hcp::sheets {

// Behind all others in each form of a file.
inline constexpr std::string_view mark_column = "导出标记";

}  // namespace hcp::sheets
