#include "tests/contract/journal/journal_contract.hpp"
#include "tests/support/memory_journal.hpp"
#include "tests/support/plain_crypto.hpp"

using namespace hcp;

namespace {

class Memory final : public contract::JournalMedium {
public:
    std::unique_ptr<ports::Journal> open() override { return std::make_unique<test::MemoryJournal>(file_, own_); }
    std::unique_ptr<ports::Journal> open_with_other_keys() override {
        return std::make_unique<test::MemoryJournal>(file_, other_);
    }
    std::string bytes() override { return file_.bytes(); }
    void cut_power() override {}  // what has returned is as safe as it will ever be

private:
    test::PlainSealer own_ = test::PlainRing{1}.sealer("journal"), other_ = test::PlainRing{2}.sealer("journal");
    test::MemoryJournalFile file_;
};

}  // namespace

TEST_CASE("the journal in memory keeps the contract of the journal", "[memory]") {
    for (const auto& clause : contract::journal_clauses()) {
        DYNAMIC_SECTION(clause.says) {
            Memory medium;
            clause.holds(medium);
        }
    }
}
