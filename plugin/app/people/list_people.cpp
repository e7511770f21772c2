#include "plugin/app/people/list_people.hpp"

#include "plugin/record/json.hpp"
#include "plugin/record/people.hpp"

#include <boost/json.hpp>

#include <utility>

namespace hcp::app {

using namespace domain;
namespace json = boost::json;

namespace {

json::object json_of(const Person& person) {
    const auto& row = person.row;
    json::array roles;
    for (const auto role : person.roles) roles.emplace_back(domain::code_of(role));
    return {{"staff_id", row.staff_id},
            {"name", person.name ? json::value(*person.name) : json::value(nullptr)},
            {"department_id", row.department_id},
            {"windows", json::array(row.windows.begin(), row.windows.end())},
            {"since_us", to_us(row.since)},
            {"until_us", record::json_of(row.until)},
            {"standing", code_of(person.standing)},
            {"roles", std::move(roles)}};
}

json::object json_of(const ports::RoleGrantRow& grant) {
    return {{"id", record::id_text(grant.id)},
            {"staff_id", grant.staff_id},
            {"role", domain::code_of(grant.role)},
            {"department_id", grant.department_id},
            {"founding", grant.founding},
            {"proposed_by", grant.proposed_by},
            {"proposed_at_us", to_us(grant.proposed_at)},
            {"confirmed_by", grant.confirmed_by},
            {"confirmed_at_us", record::json_of(grant.confirmed_at)}};
}

}  // namespace

std::string_view code_of(Person::Standing standing) noexcept {
    switch (standing) {
        case Person::Standing::here:
            return "here";
        case Person::Standing::not_yet:
            return "not_yet";
        case Person::Standing::left:
            return "left";
    }
    return "";
}

std::string_view text_of(Person::Standing standing) noexcept {
    switch (standing) {
        case Person::Standing::here:
            return "在岗";
        case Person::Standing::not_yet:
            return "未到岗";
        case Person::Standing::left:
            return "已离开";
    }
    return "";
}

ports::result<People> list_people(ports::Store& store, const record::Keys& keys, Instant now) {
    std::vector<ports::StaffRow> rows;
    People people;
    HCP_CHECK(store.read([&](ports::Snapshot& snapshot) -> ports::result<void> {
        HCP_TRY(rows, snapshot.staff().all());
        HCP_TRY(people.grants, snapshot.role_grants().not_ended());
        return {};
    }));
    for (const auto versions : record::by_person(rows)) {
        const auto posts = record::posts_of(versions);
        const auto* const post = post_at(posts, now);
        const auto in_force = post == nullptr ? posts.size() - 1 : static_cast<std::size_t>(post - posts.data());
        Person person{versions[in_force], {}, Person::Standing::here, {}};
        if (auto name = record::name_of(keys, person.row)) person.name = *std::move(name);
        if (post == nullptr)
            person.standing = now < person.row.since ? Person::Standing::not_yet : Person::Standing::left;
        for (const auto& grant : people.grants)
            if (grant.staff_id == person.row.staff_id && grant.in_force(post)) person.roles.push_back(grant.role);
        people.persons.push_back(std::move(person));
    }
    return people;
}

People visible_people(People people, const Viewer& viewer) {
    const auto hidden = [&](std::string_view department_id) {
        return !may_do(viewer, Action::see_roster, {.department_id = department_id});
    };
    std::erase_if(people.persons, [&](const Person& one) { return hidden(one.row.department_id); });
    std::erase_if(people.grants, [&](const ports::RoleGrantRow& one) { return hidden(one.department_id); });
    return people;
}

json::object json_of(const People& people) {
    json::array persons, grants;
    for (const auto& person : people.persons) persons.push_back(json_of(person));
    for (const auto& grant : people.grants) grants.push_back(json_of(grant));
    return {{"people", std::move(persons)}, {"grants", std::move(grants)}};
}

}  // namespace hcp::app
