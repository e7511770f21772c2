#include "tests/store/server_fixture.hpp"

using namespace hcp;

TEST_CASE("a server keeps the contract of the store", "[store][server]") {
    for (const auto& clause : contract::store_clauses()) {
        DYNAMIC_SECTION(clause.says) {
            store::test::ServerDatabase database;
            clause.holds(database);
        }
    }
}
