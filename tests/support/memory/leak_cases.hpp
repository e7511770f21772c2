#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

class MemoryLeakCases final : public LeakCases {
public:
    explicit MemoryLeakCases(Unit& unit) : unit_{unit} {}
    result<std::vector<LeakCaseRow>> after(LeakCaseId id, std::size_t limit) override;
    result<std::optional<LeakCaseRow>> find(LeakCaseId id) override;
    result<std::vector<LeakCaseRow>> before(LeakCaseId id, std::size_t limit) override;
    result<void> insert(std::span<const LeakCaseRow> all) override;
    result<std::int64_t> decide(LeakCaseId id, const LeakDecision& to) override;

private:
    Unit& unit_;
};

}  // namespace hcp::test::memory
