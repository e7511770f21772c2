#pragma once
#include "adapters/calendar/parsed.hpp"
#include "plugin/domain/tags.hpp"

#include <string>
#include <string_view>

namespace hcp::calendar {

// tags.csv: version,level,code,text,head,expanded. A version is as domain::is_tag_version has it; a code is three or
// more digits, the first of which is its level; `head` is one of the four of the measures in words; `expanded` is 0
// or 1.
[[nodiscard]] Parsed<domain::TagBook> tags_from(std::string_view file, std::string_view text);

// The same content always gives the same text, and tags_from gives it back: what the store keeps and compares.
[[nodiscard]] std::string csv_text(const domain::TagBook& tags);

}  // namespace hcp::calendar
