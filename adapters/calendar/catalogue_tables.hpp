#pragma once
#include "plugin/domain/catalogue.hpp"
#include "plugin/ports/catalogue_files.hpp"

#include <string>
#include <string_view>

namespace hcp::calendar {

// A table of the catalogue, with the columns of domain::columns_of(part), in UTF-8 with or without BOM, or in GB18030,
// otherwise as csv.hpp has it, and no cell is a formula. What it says is added to `files`, and every fault that a row
// has by itself. `bytes`: of a larger file more than most_imported_bytes of them.
//
// In items.csv norms and nodes have a ; between two; promise is 当场, 一次 or 限时, which has working_hours or
// working_days.
void read_part(domain::CataloguePart part, std::string_view bytes, ports::CatalogueFiles& files);

// The same content always gives the same text, and read_part gives it back.
[[nodiscard]] std::string table_text(domain::CataloguePart part, const domain::CatalogueTables&);

}  // namespace hcp::calendar
