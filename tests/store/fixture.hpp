#pragma once
#include "adapters/store/soci_store.hpp"
#include "tests/contract/samples.hpp"
#include "tests/contract/store_contract.hpp"

#include <stdlib.h>

#include <filesystem>
#include <stdexcept>
#include <string>

namespace hcp::store::test {

// A folder of its own, gone afterwards.
class Folder {
public:
    Folder() {
        auto name = (std::filesystem::temp_directory_path() / "hcp-store-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error{"no temporary folder"};
        path_ = name;
    }
    Folder(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

class SqliteDatabase final : public contract::Database {
public:
    SqliteDatabase() {
        options.path = folder.path() / "好差评 100%=.db";  // what a URI and SOCI's parameters would trip over
        contract::must(migrate(options, contract::monday));
    }
    std::unique_ptr<ports::Store> open() override { return contract::must(open_store(options)); }

    Folder folder;
    StoreOptions options;
};

}  // namespace hcp::store::test
