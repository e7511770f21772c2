#pragma once
#include "plugin/app/catalogue/editions.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace hcp::app {

struct CatalogueReleased {
    struct One {
        domain::CataloguePart part = domain::CataloguePart::departments;
        std::string code;
    };
    std::vector<One> released, left;   // left: drafts that are not his to release
    std::vector<ports::Fault> faults;  // any: nothing was released
};

// Every draft that he may release becomes active, and what was active before is superseded, in one transaction; each
// has its entry in the ledger. Judged is the catalogue that is active afterwards (M4.1, M4.2).
[[nodiscard]] ports::result<CatalogueReply<CatalogueReleased>> release_catalogue(const CatalogueMeans&,
                                                                                 std::string_view actor);

// What would be wrong with the catalogue were every draft released today. Any database thread.
[[nodiscard]] ports::result<CatalogueReleased> check_catalogue(ports::Store&, domain::Instant now);

// The catalogue that was active at that instant, by code.
[[nodiscard]] ports::result<domain::CatalogueTables> catalogue_at(ports::Store&, domain::Instant at);

}  // namespace hcp::app
