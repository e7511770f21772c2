#include "adapters/journal/renewal.hpp"

#include <cstdint>

namespace hcp::journal {

Totals totals_of_renewed(Writer& writer, Reader& reader, const Seals& seals, const ports::MasterKeys* masters) {
    if (masters == nullptr) return writer.totals();
    std::vector<std::pair<std::int64_t, Bytes>> renewed;
    for (const auto& row : reader.set_aside(INT32_MAX)) {
        if (masters->of(row.sealed) == masters->current()) continue;
        // What does not open stays as it lies, for a person to look at.
        if (auto sealed = seals.anew(row)) renewed.emplace_back(row.id, *std::move(sealed));
    }
    if (!renewed.empty()) {
        writer.begin();
        for (const auto& [id, sealed] : renewed) writer.replace_set_aside(id, sealed);
        writer.commit();
    }
    return writer.totals();
}

}  // namespace hcp::journal
