#pragma once
#include "plugin/domain/calendar.hpp"
#include "plugin/ports/rule_texts.hpp"
#include "plugin/ports/store/store.hpp"

#include <boost/json/object.hpp>

#include <optional>

namespace hcp::app {

// Nothing: none is in force yet. Any database thread.
[[nodiscard]] ports::result<std::optional<domain::Calendar>> calendar_standing(ports::Store&, const ports::RuleTexts&);

// As the desk reads it: what is in force and what the files of this machine have, notice by notice, and whether local
// days wait for their activation (E21).
[[nodiscard]] boost::json::object json_of(const domain::Calendar& offered,
                                          const std::optional<domain::Calendar>& standing, domain::Day today);

}  // namespace hcp::app
