#include "tests/contract/store/samples.hpp"
#include "tests/contract/store/store_contract.hpp"
#include "tests/support/memory_store.hpp"

using namespace hcp;

namespace {

class Memory final : public contract::Database {
public:
    std::unique_ptr<ports::Store> open() override { return std::make_unique<test::MemoryStore>(database_); }

private:
    test::MemoryDatabase database_;
};

}  // namespace

TEST_CASE("the store in memory keeps the contract of the store", "[memory]") {
    for (const auto& clause : contract::store_clauses()) {
        DYNAMIC_SECTION(clause.says) {
            Memory memory;
            clause.holds(memory);
        }
    }
}
