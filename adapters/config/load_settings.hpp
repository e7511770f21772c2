#pragma once
#include "adapters/config/load_profile.hpp"
#include "adapters/config/schema.hpp"
#include "plugin/ports/province_profile.hpp"
#include "plugin/ports/settings.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace hcp::config {

// A value as `hcpctl config show` prints it. Secrets are paths already.
struct Shown {
    std::string section, key, value;
    int line = 0;  // in the ini; 0 = default
    bool reloadable = false;
    friend bool operator==(const Shown&, const Shown&) = default;
};

struct LoadedSettings {
    ports::Settings settings;
    std::optional<ports::ProvinceProfile> profile;  // when the province is enabled
    std::vector<Shown> shown;                       // every key, in the order of the template
    std::vector<Fault> warnings;                    // what may be so, and hardly ever should
};

// Whether the files of the keys must be there and their owner's alone. An auditor who verifies has none of them.
enum class Secrets { checked, left_alone };

// Reads and checks haochaping.ini and the profile it names, all of it, and either gives everything or every fault.
[[nodiscard]] std::variant<LoadedSettings, std::vector<Fault>> load_settings(const std::filesystem::path& file,
                                                                             Secrets secrets = Secrets::checked);

// The warnings alone, of an ini that may have faults.
[[nodiscard]] std::vector<Fault> warnings_of(const Settled<ports::Settings>& settled, const Ini& ini);

// One line per key: [section] key = value, and where it comes from.
[[nodiscard]] std::string describe_settings(const LoadedSettings& loaded);

// "section.key" of what differs between the running and the fresh settings although a reload cannot take it over.
[[nodiscard]] std::vector<std::string> needs_restart(const LoadedSettings& running, const LoadedSettings& fresh);

// The commented haochaping.ini: every key with its help, unit, range and default; what is required stands commented,
// with an example.
[[nodiscard]] std::string template_text();

}  // namespace hcp::config
