#pragma once
#include "adapters/config/load_settings.hpp"
#include "tests/support/project_root.hpp"
#include "tests/support/temp_directory.hpp"
#include "tests/support/text_in.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::test {

namespace fs = std::filesystem;
using ports::Fault;

// A folder of its own that holds what a complete configuration names.
class Folder {
public:
    Folder() {
        for (const auto* folder : {"calendar", "items", "province"}) fs::create_directory(root() / folder);
        for (const auto* file : {"policy.ini", "items/items.csv", "items/tags.csv", "items/nodes.csv", "ca.pem",
                                 "chain.pem", "platform.pem"})
            write(file, "x\n");
        for (const auto* file : {"shandong.ini", "plain.ini"})
            fs::copy_file(project_root() / "config/province" / file, root() / "province" / file);
        for (const auto* file : {"master.key", "anchor.pem", "word", "client.pem", "web.key"}) secret(file, "s3cret\n");
    }

    [[nodiscard]] const fs::path& root() const { return dir_.path(); }
    fs::path write(const fs::path& name, std::string_view text) const {
        std::ofstream{root() / name, std::ios::binary} << text;
        return root() / name;
    }
    void secret(const fs::path& name, std::string_view text) const {
        fs::permissions(write(name, text), fs::perms::owner_read | fs::perms::owner_write);
    }

private:
    TempDirectory dir_;
};

// Everything required and nothing more. Line numbers below are counted in it.
inline constexpr std::string_view complete = R"([instance]
directory = data
[keys]
master_key_file = master.key
anchor_key_file = anchor.pem
[store]
path = store.db
[province]
base_url = https://hcp.example.gov.cn/gateway/
ca_file = ca.pem
app_mark = SDGGZY
app_word_file = word
platform_public_key_file = platform.pem
client_private_key_file = client.pem
[web]
public_listen = 0.0.0.0:8443
public_base_url = https://pj.example.gov.cn
tls_cert_file = chain.pem
tls_key_file = web.key
centre_name = 山东省公共资源交易中心
help_phone = 0531-00000000
)";

inline std::string with(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

inline std::vector<Fault> faults_of(const Folder& folder, std::string_view text) {
    const auto loaded = config::load_settings(folder.write("haochaping.ini", text));
    const auto* faults = std::get_if<std::vector<Fault>>(&loaded);
    return faults ? *faults : std::vector<Fault>{};
}

inline config::LoadedSettings loaded_from(const Folder& folder, std::string_view text) {
    auto loaded = config::load_settings(folder.write("haochaping.ini", text));
    if (const auto* faults = std::get_if<std::vector<Fault>>(&loaded))
        for (const auto& fault : *faults) UNSCOPED_INFO(config::text_of(fault));
    REQUIRE(std::holds_alternative<config::LoadedSettings>(loaded));
    return std::get<config::LoadedSettings>(std::move(loaded));
}

// Where and what, without the wording of the remedy.
inline std::string place(const Fault& fault) {
    return std::to_string(fault.line) + " [" + fault.section + "] " + fault.key;
}

inline bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

}  // namespace hcp::test
