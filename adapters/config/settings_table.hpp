#pragma once
#include "adapters/config/schema.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace hcp::config {

struct SectionHelp {
    std::string_view name, help;
};

// haochaping.ini: its sections in the order of the template, and one row per key.
[[nodiscard]] std::span<const SectionHelp> settings_sections();
[[nodiscard]] std::span<const Key> settings_keys();

// What `settle` makes of the ini.
[[nodiscard]] Settled<ports::Settings> settle_settings(const Ini& ini, std::vector<Fault>& faults);

}  // namespace hcp::config
