#pragma once
#include "adapters/web/staff_routes.hpp"
#include "plugin/app/catalogue/list_catalogue.hpp"
#include "plugin/app/people/list_people.hpp"

#include <map>
#include <string>
#include <vector>

namespace hcp::web {

// What codes and staff ids are called in the lists of whoever asks. Of people he may not see he reads the ids alone.
struct ListNames {
    std::vector<app::ListedEdition> catalogue;
    app::People seen;  // by whoever asks

    [[nodiscard]] static ports::result<ListNames> of(const StaffCall&);

    // Empty where the code is, and the code itself where it has no name.
    [[nodiscard]] std::string department(const std::string& code) const { return name_in(departments_, code); }
    [[nodiscard]] std::string item(const std::string& code) const { return name_in(items_, code); }
    // "张三（S1）"
    [[nodiscard]] std::string person(const std::string& staff_id) const;
    [[nodiscard]] std::string people(const std::vector<std::string>& staff_ids) const;

private:
    using Names = std::map<std::string, std::string>;
    [[nodiscard]] static std::string name_in(const Names& names, const std::string& code);

    Names departments_, items_, people_;
};

}  // namespace hcp::web
