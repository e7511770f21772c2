#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

class MemoryInterpretations final : public Interpretations {
public:
    explicit MemoryInterpretations(Unit& unit) : unit_{unit} {}
    result<std::vector<InterpretationRow>> after(InterpretationId id, std::size_t limit) override;
    result<void> insert(std::span<const InterpretationRow> all) override;

private:
    Unit& unit_;
};

}  // namespace hcp::test::memory
