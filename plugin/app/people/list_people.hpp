#pragma once
#include "plugin/domain/access.hpp"
#include "plugin/ports/store/role_grants.hpp"
#include "plugin/ports/store/staff.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/record/keys.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <vector>

namespace hcp::app {

// One person, as of now: the version in force, else the latest.
struct Person {
    enum class Standing { here, not_yet, left };
    ports::StaffRow row;
    std::optional<std::string> name;  // nothing: no key opens it
    Standing standing = Standing::here;
    std::vector<domain::StaffRole> roles;  // that hold
};
[[nodiscard]] std::string_view text_of(Person::Standing) noexcept;  // Chinese
[[nodiscard]] std::string_view code_of(Person::Standing) noexcept;

struct People {
    std::vector<Person> persons;              // by staff id
    std::vector<ports::RoleGrantRow> grants;  // not ended, by id
};

// Everybody, names opened. Any database thread.
[[nodiscard]] ports::result<People> list_people(ports::Store&, const record::Keys&, domain::Instant now);
// Without those whom he may not see, by the table of access.
[[nodiscard]] People visible_people(People, const domain::Viewer&);

// As scripts and the desk read it.
[[nodiscard]] boost::json::object json_of(const People&);

}  // namespace hcp::app
