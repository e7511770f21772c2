#pragma once
#include "plugin/domain/event.hpp"
#include "plugin/record/rules.hpp"

#include <string>
#include <string_view>

namespace hcp::record {

// Whose a completion is and what was done, as of its completion (M2.1).
struct Attribution {
    std::string item_code, department_id, department_name;
    bool unclassified = false;  // 未归类: no such item (E18) or line (E36)
    bool unattributed = false;  // 待归属: no handler, or no such department
};

// What the host says stands. Where it says nothing, the catalogue as it was at the completion does: the item by the
// step, the department by the item, the name of a department by its id. A centre without departments in its catalogue
// has whichever the host names.
[[nodiscard]] Attribution attribution_of(const domain::Completion&, const Rules&);

// 待归属, of a completion at that instant.
[[nodiscard]] bool is_unattributed(const ReleasedCatalogue&, std::string_view department_id, domain::Instant at,
                                   bool handled);

}  // namespace hcp::record
