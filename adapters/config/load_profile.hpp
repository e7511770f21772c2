#pragma once
#include "adapters/config/ini_reader.hpp"
#include "plugin/ports/province_profile.hpp"

#include <filesystem>
#include <variant>
#include <vector>

namespace hcp::config {

// Reads a province profile. `[profile] based_on` names another one whose values hold where this file is silent (one
// level); a section of free keys (headers, code maps) is taken whole from the file that has it. Nothing has a default:
// a profile says everything.
[[nodiscard]] std::variant<ports::ProvinceProfile, std::vector<Fault>> load_profile(const std::filesystem::path& file);

}  // namespace hcp::config
