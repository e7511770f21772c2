#pragma once
#include "adapters/calendar/parsed.hpp"
#include "plugin/domain/policy.hpp"
#include "plugin/ports/ini_entry.hpp"

#include <span>
#include <string>
#include <string_view>

namespace hcp::calendar {

// policy.ini: one section [policy NAME] per version, each with every key. There are no silent defaults: what binds
// people stands in the file. Only the links and citations may be left out, and `valid_until` (the last day in force) of
// a version without an end.
//
// Versions may not overlap and may leave a gap; `after_end` then says what judges the cases in it: `continue` (the
// version goes on, with a warning) or the name of the version that takes over at once.
[[nodiscard]] Parsed<domain::PolicyBook> policy_from(std::string_view file, std::span<const ports::IniEntry> entries);
// The same of what the store keeps: a key that did not exist when it was stored has the value that shipped with it
// (E41).
[[nodiscard]] Parsed<domain::PolicyBook> stored_policy_from(std::string_view file,
                                                            std::span<const ports::IniEntry> entries);

// The same content always gives the same text, and policy_from gives it back: what the store keeps and compares.
[[nodiscard]] std::string ini_text(const domain::PolicyBook& policies);

}  // namespace hcp::calendar
