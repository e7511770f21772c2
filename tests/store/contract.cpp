#include "tests/store/fixture.hpp"
#include "tests/store/portable_dialect.hpp"

using namespace hcp;

namespace {

class PortableDatabase final : public contract::Database {
public:
    std::unique_ptr<ports::Store> open() override { return store::open_store(dialect_, database_.options, nullptr); }

private:
    store::test::PortableDialect dialect_;
    store::test::SqliteDatabase database_;
};

}  // namespace

TEST_CASE("SQLite keeps the contract of the store", "[store]") {
    for (const auto& clause : contract::store_clauses()) {
        DYNAMIC_SECTION(clause.says) {
            store::test::SqliteDatabase database;
            clause.holds(database);
        }
    }
}

TEST_CASE("the statements that are written once for all keep it as well", "[store]") {
    for (const auto& clause : contract::store_clauses()) {
        DYNAMIC_SECTION(clause.says) {
            PortableDatabase database;
            clause.holds(database);
        }
    }
}
