#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

class MemoryDoubts final : public Doubts {
public:
    explicit MemoryDoubts(Unit& unit) : unit_{unit} {}
    result<std::vector<DoubtSummary>> list(EvaluationId after, std::size_t limit) override;
    result<void> insert(std::span<const DoubtRow>) override;

private:
    Unit& unit_;
};

}  // namespace hcp::test::memory
