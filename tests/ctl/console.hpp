#pragma once
#include "adapters/ctl/run.hpp"
#include "plugin/compose/ctl_outside.hpp"
#include "tests/support/project_root.hpp"
#include "tests/support/temp_directory.hpp"
#include "tests/support/text_in.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::test {

namespace fs = std::filesystem;

// What one run of hcpctl gave.
struct Said {
    int code = 0;
    std::string out, err;

    [[nodiscard]] boost::json::value json() const { return boost::json::parse(out); }
};

inline Said hcpctl(std::vector<std::string> arguments) {
    std::ostringstream out, err;
    const int code = ctl::run(std::move(arguments), compose::ctl_outside, out, err);
    return {code, out.str(), err.str()};
}
inline Said hcpctl(const fs::path& ini, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--config", ini.string()});
    return hcpctl(std::move(arguments));
}

inline bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

// Expects the folders and files as `keys init` and the shipped config/ make them.
inline constexpr std::string_view plain_ini = R"([instance]
directory = data
[keys]
master_key_file = keys/master.key
anchor_key_file = keys/anchor.pem
[store]
path = store.db
[province]
enabled = off
[web]
public_listen = off
)";

inline void copy_rules(const fs::path& to) {
    for (const auto* name : {"policy.ini", "calendar", "items", "province"})
        fs::copy(project_root() / "config" / name, to / name, fs::copy_options::recursive);
}

// An instance as an operator makes it, up to the database.
class Console {
public:
    Console() {
        copy_rules(root());
        write("haochaping.ini", plain_ini);
        REQUIRE(hcpctl({"keys", "init", (root() / "keys").string()}).code == 0);
    }

    [[nodiscard]] const fs::path& root() const { return dir_.path(); }
    [[nodiscard]] fs::path ini() const { return root() / "haochaping.ini"; }
    void write(const fs::path& name, std::string_view text) const {
        std::ofstream{root() / name, std::ios::binary} << text;
    }
    // The ini, or another file, with one text in place of another.
    void edit(const fs::path& name, std::string_view from, std::string_view to) const {
        auto text = text_in(root() / name);
        const auto at = text.find(from);
        REQUIRE(at != std::string::npos);
        write(name, text.replace(at, from.size(), to));
    }
    [[nodiscard]] Said operator()(std::vector<std::string> arguments) const {
        return hcpctl(ini(), std::move(arguments));
    }

private:
    TempDirectory dir_;
};

}  // namespace hcp::test
