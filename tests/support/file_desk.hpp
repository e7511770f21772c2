#pragma once
#include "adapters/gm/sm2_key.hpp"
#include "adapters/journal/journal.hpp"
#include "adapters/store/sql_store.hpp"
#include "plugin/compose/key_set.hpp"
#include "tests/support/desk.hpp"
#include "tests/support/temp_directory.hpp"

#include <sys/stat.h>

#include <fstream>

namespace hcp::test {

inline void write_owner_only(const std::filesystem::path& path, std::string_view text) {
    std::ofstream{path} << text;
    ::chmod(path.c_str(), 0600);
}

// What a desk in files stands on: a folder with keys, and a store that is migrated; in SQLite unless said.
struct FileGround {
    explicit FileGround(store::StoreOptions where = {}) : options{std::move(where)} {
        write_owner_only(dir.path() / "master.key", std::string(64, '7'));
        const auto pem = gm::new_sm2_private_pem();
        REQUIRE(pem.has_value());
        write_owner_only(dir.path() / "anchor.pem", ports::as_text(pem->view()));
        std::string why;
        key_set = compose::KeySet::load(
            {dir.path() / "master.key", {}, {}, {}, dir.path() / "anchor.pem", ports::Cipher::sm4_ctr_hmac_sm3}, why);
        INFO(why);
        REQUIRE(key_set);
        if (options.backend == ports::Backend::sqlite3) options.path = dir.path() / "store.db";
        REQUIRE(store::migrate(options, ManualClock{}.now()).has_value());
    }
    [[nodiscard]] std::unique_ptr<ports::Store> open_store() const {
        auto opened = store::open_store(options);
        REQUIRE(opened.has_value());
        return *std::move(opened);
    }

    TempDirectory dir;
    std::unique_ptr<compose::KeySet> key_set;
    store::StoreOptions options;
};

// The use cases on a real store, real keys and a real journal.
class FileDesk : public FileGround, public Desk {
public:
    explicit FileDesk(store::StoreOptions where = {})
        : FileGround{std::move(where)}, Desk{open_store(), key_set->keys(), key_set->ledger()} {}

    [[nodiscard]] std::unique_ptr<ports::Journal> open_journal() {
        journal::Options at;
        at.path = dir.path() / "journal.db";
        auto opened = journal::open(at, key_set->journal(), log);
        REQUIRE(opened.has_value());
        return *std::move(opened);
    }
};

}  // namespace hcp::test
