#pragma once
#include "plugin/ports/sheet_writer.hpp"

#include <string>

namespace hcp::sheets {

// RFC 4180, in UTF-8 with a BOM, without which spreadsheets take it for the machine's own encoding. A text that begins
// with = + - @ or a tab, which a spreadsheet would calculate, gets an apostrophe before it.
[[nodiscard]] std::string csv_of(const ports::Sheet&);

}  // namespace hcp::sheets
