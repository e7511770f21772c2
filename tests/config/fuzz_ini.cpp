#include "adapters/config/ini_reader.hpp"
#include "adapters/config/schema.hpp"
#include "adapters/config/settings_table.hpp"
#include "plugin/domain/utf8.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

// Whatever the bytes, reading ends, what it gives is sound, and checking it against the schema ends too.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace hcp;
    auto ini = config::read_ini("fuzz.ini", {reinterpret_cast<const char*>(data), size});
    ini.directory = "/nonexistent";
    int line = 0;
    for (const auto& entry : ini.entries) {
        const bool sound = entry.line > line && !entry.section.empty() && !entry.key.empty() && !entry.value.empty() &&
                           domain::is_utf8(entry.section) && domain::is_utf8(entry.key) && domain::is_utf8(entry.value);
        if (!sound) std::abort();
        line = entry.line;
    }
    std::vector<config::Fault> faults;
    const config::Ini* const layers[] = {&ini};
    (void)config::settle(layers, config::settings_keys(), {}, faults);
    if (faults.empty()) std::abort();  // no file can satisfy the required secrets from there
    return 0;
}
