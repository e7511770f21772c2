#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

class MemoryUnmaskings final : public Unmaskings {
public:
    explicit MemoryUnmaskings(Unit& unit) : unit_{unit} {}
    result<std::vector<UnmaskingRow>> after(UnmaskingId id, std::size_t limit) override;
    result<std::vector<UnmaskingRow>> of_evaluation(EvaluationId id) override;
    result<std::vector<UnmaskingRow>> between(Instant from, Instant to, UnmaskingId before, std::size_t limit) override;
    result<std::vector<UnmaskingCount>> counts(Instant from, Instant to) override;
    result<void> insert(std::span<const UnmaskingRow> all) override;

private:
    Unit& unit_;
};

}  // namespace hcp::test::memory
