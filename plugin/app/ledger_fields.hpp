#pragma once
#include "plugin/domain/ledger_entry.hpp"
#include "plugin/ports/store_rows.hpp"

#include <string>

namespace hcp::app {

// What the ledger says of a rating (kinds 3 and 4). Written when it is made and compared when it is verified: one order
// of fields.
inline void put_rating(domain::LedgerEntry& entry, const ports::RatingRow& row) {
    std::string tags;
    for (const auto& tag : row.tags) tags += (tags.empty() ? "" : ",") + tag;
    entry.number(row.id.value())
        .number(row.evaluation_id.value())
        .number(row.revision)
        .number(static_cast<std::int32_t>(row.origin))
        .number(static_cast<std::int32_t>(row.level))
        .text(tags)
        .digest(row.text_digest)
        .instant(row.received_at);
}

}  // namespace hcp::app
