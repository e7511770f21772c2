#pragma once
#include "adapters/gm/sm2_key.hpp"
#include "adapters/journal/anchor_file.hpp"
#include "plugin/app/ledger/anchor_ledger.hpp"
#include "tests/ctl/console.hpp"
#include "tests/support/file_desk.hpp"
#include "tests/support/project_root.hpp"

namespace hcp::test {

// The use cases at work on a database, and hcpctl beside them with an ini that names the same files.
class WorkingDesk : public FileDesk {
public:
    explicit WorkingDesk(std::string_view province = "enabled = off") {
        const auto config = project_root() / "config";
        fs::create_directory(dir.path() / "data");
        std::ofstream{ini()}
            << "[instance]\ndirectory = data\n[keys]\nmaster_key_file = master.key\nanchor_key_file = anchor.pem\n"
            << "[store]\npath = store.db\n[web]\npublic_listen = off\n[policy]\nfile = "
            << (config / "policy.ini").string() << "\n[calendar]\ndirectory = " << (config / "calendar").string()
            << "\n[items]\nitems_file = " << (config / "items/items.csv").string()
            << "\ntags_file = " << (config / "items/tags.csv").string()
            << "\nnodes_file = " << (config / "items/nodes.csv").string() << "\n[province]\n"
            << province << '\n';
    }

    [[nodiscard]] fs::path ini() const { return dir.path() / "haochaping.ini"; }
    [[nodiscard]] fs::path anchor_file() const { return dir.path() / "data" / journal::anchor_file_name; }
    [[nodiscard]] Said ctl(std::vector<std::string> arguments) const { return hcpctl(ini(), std::move(arguments)); }

    // Signs the heads as they stand.
    void anchor() {
        journal::AnchorFile file{anchor_file()};
        app::AnchorLedger{*store, file, key_set->digests(), key_set->anchors(), clock, alarms, nobody}.anchor();
        REQUIRE(alarms.all().empty());
    }
};

}  // namespace hcp::test
