#pragma once
#include "adapters/store/sql_store.hpp"
#include "tests/contract/store/samples.hpp"
#include "tests/contract/store/store_contract.hpp"
#include "tests/support/temp_directory.hpp"

#include <memory>

namespace hcp::store::test {

class SqliteDatabase final : public contract::Database {
public:
    SqliteDatabase() {
        options.path = folder.path() / "好差评 100%=.db";  // what a URI and SOCI's parameters would trip over
        contract::must(migrate(options, contract::monday));
    }
    std::unique_ptr<ports::Store> open() override { return contract::must(open_store(options)); }

    hcp::test::TempDirectory folder;
    StoreOptions options;
};

}  // namespace hcp::store::test
