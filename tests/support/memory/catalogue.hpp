#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

class MemoryCatalogue final : public Catalogue {
public:
    explicit MemoryCatalogue(Unit& unit) : unit_{unit} {}
    result<std::vector<ItemRow>> items() override;
    result<void> put(std::span<const ItemRow> all) override;

private:
    Unit& unit_;
};

}  // namespace hcp::test::memory
