#include "tests/store/mysql_fixture.hpp"

using namespace hcp;

TEST_CASE("MariaDB keeps the contract of the store", "[store][mysql]") {
    for (const auto& clause : contract::store_clauses()) {
        DYNAMIC_SECTION(clause.says) {
            store::test::MysqlDatabase database;
            clause.holds(database);
        }
    }
}
