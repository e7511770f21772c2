#include "adapters/web/list_names.hpp"

#include <utility>

namespace hcp::web {

ports::result<ListNames> ListNames::of(const StaffCall& call) {
    const auto& staff = call.context.staff;
    ListNames names;
    HCP_TRY(names.catalogue, app::list_catalogue(staff.store));
    // The one that is active stands before the draft.
    for (const auto& one : names.catalogue) {
        if (one.part == domain::CataloguePart::departments) names.departments_.emplace(one.code, one.name);
        if (one.part == domain::CataloguePart::items) names.items_.emplace(one.code, one.name);
    }
    if (!call.may_any({domain::Action::see_roster})) return names;
    HCP_TRY(auto people, app::list_people(staff.store, staff.means.keys, call.now()));
    names.seen = app::visible_people(std::move(people), call.viewer());
    for (const auto& one : names.seen.persons)
        if (one.name) names.people_.emplace(one.row.staff_id, *one.name);
    return names;
}

std::string ListNames::name_in(const Names& names, const std::string& code) {
    const auto found = names.find(code);
    return found == names.end() ? code : found->second;
}

std::string ListNames::person(const std::string& staff_id) const {
    const auto found = people_.find(staff_id);
    return found == people_.end() ? staff_id : found->second + "（" + staff_id + "）";
}

std::string ListNames::people(const std::vector<std::string>& staff_ids) const {
    std::vector<std::string> texts;
    texts.reserve(staff_ids.size());
    for (const auto& id : staff_ids) texts.push_back(person(id));
    return domain::joined(texts, "、");
}

}  // namespace hcp::web
