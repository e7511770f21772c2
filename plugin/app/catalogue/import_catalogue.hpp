#pragma once
#include "plugin/app/catalogue/editions.hpp"
#include "plugin/ports/catalogue_files.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::app {

struct FieldChange {
    std::string_view column;
    std::string before, after;
};
// What a row of a file makes of its code.
struct CatalogueChange {
    enum class Kind {
        added,
        changed,
        withdrawn,  // the file says what is active, and so the draft is given up
    };
    domain::CataloguePart part = domain::CataloguePart::departments;
    std::string code;
    Kind kind = Kind::added;
    std::vector<FieldChange> fields;  // of one that is changed or withdrawn
};

// What an import does, or, of one that was only tried, would do.
struct CatalogueImported {
    std::vector<CatalogueChange> changes;  // against the draft, or, where there is none, against what is active
    std::int64_t unchanged = 0;
    std::vector<ports::Fault> faults;  // any: nothing was imported
};

// Rows that say something new become drafts, and take the place of older drafts; nothing is published by it. What no
// file has stays as it is. The whole is judged as it would be with every draft released.
[[nodiscard]] ports::result<CatalogueReply<CatalogueImported>> import_catalogue(const CatalogueMeans&,
                                                                                std::string_view actor,
                                                                                const ports::CatalogueFiles&);
// The same, nothing written. Any database thread.
[[nodiscard]] ports::result<CatalogueReply<CatalogueImported>> try_catalogue(ports::Store&, std::string_view actor,
                                                                             const ports::CatalogueFiles&,
                                                                             domain::Instant now);

// What is wrong with files that are the whole catalogue, whatever the store has.
[[nodiscard]] std::vector<ports::Fault> faults_between(const ports::CatalogueFiles&, domain::Day today);

}  // namespace hcp::app
