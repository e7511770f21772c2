#pragma once
#include "plugin/app/load_references.hpp"
#include "plugin/app/rules.hpp"
#include "plugin/ports/ini_entry.hpp"
#include "plugin/ports/settings.hpp"

#include <memory>
#include <variant>
#include <vector>

namespace hcp::compose {

struct LoadedRules {
    std::shared_ptr<const app::Rules> rules;
    std::vector<app::ReferenceFile> references;  // what goes into the store, by version
};

// Reads policy.ini, every *.ini of the calendar directory, tags.csv, items.csv and nodes.csv, all of it, and either
// gives everything or every fault.
[[nodiscard]] std::variant<LoadedRules, std::vector<ports::Fault>> load_rules(const ports::RuleSettings& files);

}  // namespace hcp::compose
