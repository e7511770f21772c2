#pragma once
#include "plugin/app/catalogue/editions.hpp"
#include "plugin/domain/ids.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace hcp::app {

// What a case is to be. Empty: that stays as it is.
struct AttributionRequest {
    domain::CaseId case_id;
    std::string item_code, department_id;
    std::vector<std::string> handlers;  // staff ids
    std::string reason;
};

// Why nothing was done.
enum class AttributionRefusal {
    unknown_actor,  // who acts is not on the roster
    not_allowed,    // by the table of access, or since he handled the case
    no_such_case,   // or one under bid secrecy, of which nobody learns that it is there (E14)
    withdrawn,      // E17
    no_such_item,   // in the catalogue, at its completion
    no_such_department,
    unknown_handler,  // not on the roster at its completion
    nothing_changes,
    no_reason,  // empty, or longer than 200 characters
    no_such_attribution,
    not_waiting,     // signed before, or overtaken by a later one
    signed_already,  // who signs is who proposed it
};
[[nodiscard]] std::string_view text_of(AttributionRefusal) noexcept;  // what and the remedy, Chinese

struct Attributed {
    domain::AttributionId id;
    bool in_effect = false;     // else it waits for the second signature
    std::int64_t released = 0;  // deliveries that were held for want of an item, and go out now
    std::int64_t told = 0;      // services of the case that the province has as they were
};
using AttributionReply = std::variant<Attributed, AttributionRefusal>;

// M2.1: the department, the item and the handlers of a case, where the host named none or others. The figures move with
// it, what has not left for the province leaves so, and the ledger has an entry. What the host reported stays in the
// ledger as it was. Once somebody has rated the case only supervision changes it, and a second signer signs (E47).
[[nodiscard]] ports::result<AttributionReply> attribute_case(const CatalogueMeans&, std::string_view actor,
                                                             const AttributionRequest&);
[[nodiscard]] ports::result<AttributionReply> sign_attribution(const CatalogueMeans&, std::string_view actor,
                                                               domain::AttributionId);

}  // namespace hcp::app
