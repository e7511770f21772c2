#include "plugin/record/attribution.hpp"

namespace hcp::record {

Attribution attribution_of(const domain::Completion& completion, const Rules& rules) {
    const auto& catalogue = *rules.catalogue;
    const auto at = completion.completed_at;
    Attribution out{completion.item_code, completion.department_id, completion.department_name, false, false};

    const auto* const item = out.item_code.empty() ? catalogue.item_of_step(completion.line, completion.node, at)
                                                   : catalogue.item(out.item_code, at);
    if (item != nullptr) out.item_code = item->code;
    if (item != nullptr && out.department_id.empty()) out.department_id = item->department_id;
    const auto* const department = catalogue.department(out.department_id, at);
    if (department != nullptr && out.department_name.empty()) out.department_name = department->name;

    const auto* const coded = rules.item(out.item_code);
    out.unclassified = coded == nullptr || !coded->classified || !domain::is_known(completion.line);
    out.unattributed = is_unattributed(catalogue, out.department_id, at, !completion.handlers.empty());
    return out;
}

bool is_unattributed(const ReleasedCatalogue& catalogue, std::string_view department_id, domain::Instant at,
                     bool handled) {
    return department_id.empty() || !handled ||
           (catalogue.has_departments() && catalogue.department(department_id, at) == nullptr);
}

}  // namespace hcp::record
