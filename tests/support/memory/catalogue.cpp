#include "tests/support/memory/catalogue.hpp"

namespace hcp::test::memory {

result<std::vector<ItemRow>> MemoryCatalogue::items() {
    std::vector<ItemRow> out;
    for (const auto& [code, row] : unit_.tables.items) out.push_back(row);
    return out;
}

result<void> MemoryCatalogue::put(std::span<const ItemRow> all) {
    for (const auto& row : all) unit_.tables.items.put(unit_.undo, row.item_code, row);
    return {};
}

}  // namespace hcp::test::memory
