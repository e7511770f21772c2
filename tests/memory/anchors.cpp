#include "tests/contract/anchors/anchors_contract.hpp"
#include "tests/support/memory_anchors.hpp"

using namespace hcp;

namespace {

class Memory final : public contract::AnchorsMedium {
public:
    std::unique_ptr<ports::Anchors> open() override { return std::make_unique<test::MemoryAnchors>(file_); }
    void break_off(const ports::Anchor&) override {}  // an append is there as a whole or not at all
    void spoil(std::int64_t line) override { file_.spoil(line); }

private:
    test::MemoryAnchorFile file_;
};

}  // namespace

TEST_CASE("the anchors in memory keep the contract of the anchors", "[memory]") {
    for (const auto& clause : contract::anchors_clauses()) {
        DYNAMIC_SECTION(clause.says) {
            Memory medium;
            clause.holds(medium);
        }
    }
}
