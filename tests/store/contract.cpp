#include "tests/store/fixture.hpp"

using namespace hcp;

TEST_CASE("SQLite keeps the contract of the store", "[store]") {
    for (const auto& clause : contract::store_clauses()) {
        DYNAMIC_SECTION(clause.says) {
            store::test::SqliteDatabase database;
            clause.holds(database);
        }
    }
}
