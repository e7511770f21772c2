#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

class MemoryReferences final : public References {
public:
    explicit MemoryReferences(Unit& unit) : unit_{unit} {}
    result<std::vector<ReferenceRow>> of(ReferenceKind kind) override;
    result<NewestRules> newest() override;
    result<void> insert(std::span<const ReferenceRow> all) override;

private:
    Unit& unit_;
};

}  // namespace hcp::test::memory
