#include "adapters/ctl/commands.hpp"
#include "adapters/ctl/print.hpp"
#include "adapters/ctl/reply.hpp"
#include "plugin/app/people/confirm_role.hpp"
#include "plugin/app/people/end_role.hpp"
#include "plugin/app/people/found_supervision.hpp"
#include "plugin/app/people/import_roster.hpp"
#include "plugin/app/people/propose_role.hpp"
#include "plugin/domain/access.hpp"
#include "plugin/domain/day_text.hpp"
#include "plugin/domain/text.hpp"
#include "plugin/record/people.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace hcp::ctl {
namespace {

using namespace domain;
using ports::RoleGrantRow, ports::StaffRow;

std::string id_text(RoleGrantId id) {
    return std::to_string(id.value());
}

// One person, as of now: the version in force, else the latest.
struct Person {
    StaffRow row;
    bool here = false;
    std::vector<std::string_view> roles;
};

struct People {
    std::vector<Person> persons;       // by staff id
    std::vector<RoleGrantRow> grants;  // not ended, by id
};

People people_in(Outside& outside) {
    std::vector<StaffRow> rows;
    People people;
    const auto read = outside.store().read([&](ports::Snapshot& snapshot) -> ports::result<void> {
        HCP_TRY(rows, snapshot.staff().all());
        HCP_TRY(people.grants, snapshot.role_grants().not_ended());
        return {};
    });
    if (!read) throw refused_by_database(read.error());
    std::map<std::string, std::vector<StaffRow>> versions;
    for (auto& row : rows) versions[row.staff_id].push_back(std::move(row));
    for (auto& [staff_id, all] : versions) {
        const auto posts = record::posts_of(all);
        const auto* const post = post_at(posts, outside.now());
        const auto in_force = post == nullptr ? posts.size() - 1 : static_cast<std::size_t>(post - posts.data());
        Person person{all[in_force], post != nullptr, {}};
        for (const auto& grant : people.grants)
            if (grant.staff_id == staff_id && grant.in_force(post)) person.roles.push_back(text_of(grant.role));
        people.persons.push_back(std::move(person));
    }
    return people;
}

std::string standing_of(const Person& person, Instant now) {
    if (person.here) return "在岗";
    return now < person.row.since ? "未到岗" : "已离开";
}

// The last day of a place ends with it.
std::string last_day(const std::optional<Instant>& until) {
    return until ? domain::text_of(day_of(*until - std::chrono::microseconds{1})) : "—";
}

std::string name_in(Outside& outside, const StaffRow& row) {
    auto name = record::name_of(outside.record_keys(), row);
    return name ? *std::move(name) : "（无法打开，请检查 old_key_files）";
}

boost::json::object json_of(Outside& outside, const Person& person) {
    const auto& row = person.row;
    boost::json::array windows(row.windows.begin(), row.windows.end()), roles;
    for (const auto role : person.roles) roles.emplace_back(role);
    return {{"staff_id", row.staff_id},      {"name", name_in(outside, row)}, {"department_id", row.department_id},
            {"windows", std::move(windows)}, {"since_us", to_us(row.since)},  {"until_us", ctl::json_of(row.until)},
            {"on_roster", person.here},      {"roles", std::move(roles)}};
}

boost::json::object json_of(const RoleGrantRow& grant) {
    return {{"id", id_text(grant.id)},
            {"staff_id", grant.staff_id},
            {"role", code_of(grant.role)},
            {"department_id", grant.department_id},
            {"founding", grant.founding},
            {"proposed_by", grant.proposed_by},
            {"proposed_at_us", to_us(grant.proposed_at)},
            {"confirmed_by", grant.confirmed_by},
            {"confirmed_at_us", ctl::json_of(grant.confirmed_at)}};
}

void tell(std::ostream& out, std::string_view what, const std::vector<std::string>& staff_ids) {
    if (!staff_ids.empty())
        out << what << " " << staff_ids.size() << " 人：" << domain::joined(staff_ids, "、") << "\n";
}

}  // namespace

Exit import_roster(Outside& outside, const std::string& actor, const std::filesystem::path& file, bool dry_run,
                   Streams streams) {
    constexpr std::string_view nothing_changed = "名册没有导入，什么也没有改动。";
    const auto roster = outside.roster(file);
    refuse_faults(outside, roster.faults, nothing_changed);
    auto imported = done_or_refuse(
        dry_run ? app::try_roster(outside.store(), outside.record_keys(), actor, roster.lines, outside.now())
                : app::import_roster(outside.people(), actor, roster.lines));
    for (auto& fault : imported.faults) fault.file = file.filename().string();
    refuse_faults(outside, imported.faults, nothing_changed);
    tell(streams.out, "新增", imported.joined);
    tell(streams.out, "变更", imported.changed);
    tell(streams.out, "离开", imported.left);
    streams.out << "不变 " << imported.unchanged << " 人\n";
    for (const auto& grant : imported.roles_ended)
        streams.out << (dry_run ? "将解除 " : "已解除 ") << grant.staff_id << " 的岗位或提名：" << text_of(grant.role)
                    << "\n";
    streams.out << (dry_run ? "只是核对，没有导入。\n" : "名册已导入。\n");
    return fine;
}

Exit list_staff(Outside& outside, bool json, Streams streams) {
    const auto people = people_in(outside);
    if (json) {
        boost::json::array staff, grants;
        for (const auto& person : people.persons) staff.push_back(json_of(outside, person));
        for (const auto& grant : people.grants) grants.push_back(json_of(grant));
        print_json(streams.out, boost::json::object{{"staff", std::move(staff)}, {"roles", std::move(grants)}});
        return fine;
    }
    if (people.persons.empty()) {
        streams.out << "还没有名册；用 hcpctl staff import 导入。\n";
        return fine;
    }
    Table staff{{"工号", "姓名", "部门", "窗口", "自", "至", "状态", "岗位"}};
    for (const auto& person : people.persons)
        staff.add({person.row.staff_id, name_in(outside, person.row), person.row.department_id,
                   or_dash(domain::joined(person.row.windows, ";")), domain::text_of(day_of(person.row.since)),
                   last_day(person.row.until), standing_of(person, outside.now()),
                   or_dash(domain::joined(person.roles, "、"))});
    streams.out << staff;
    if (people.grants.empty()) return fine;
    Table grants{{"编号", "工号", "岗位", "部门", "提名人", "提名时间", "确认人", "确认时间"}};
    for (const auto& grant : people.grants)
        grants.add({id_text(grant.id), grant.staff_id,
                    std::string{text_of(grant.role)} + (grant.founding ? "（初始设立）" : ""), grant.department_id,
                    grant.proposed_by, text_of(grant.proposed_at), grant.confirmed_at ? grant.confirmed_by : "待确认",
                    text_of(grant.confirmed_at)});
    streams.out << '\n' << grants;
    return fine;
}

Exit propose_role(Outside& outside, const std::string& actor, const std::string& staff_id, StaffRole role,
                  Streams streams) {
    const auto id = done_or_refuse(app::propose_role(outside.people(), actor, {staff_id, role}));
    streams.out << "已提名 " << staff_id << " 为" << text_of(role) << "，编号 " << id_text(id)
                << "；由监督人员用 hcpctl staff confirm " << id_text(id) << " 确认后生效。\n";
    return fine;
}

Exit confirm_role(Outside& outside, const std::string& actor, RoleGrantId id, Streams streams) {
    done_or_refuse(app::confirm_role(outside.people(), actor, id));
    streams.out << "已确认，岗位即时生效。\n";
    return fine;
}

Exit end_role(Outside& outside, const std::string& actor, RoleGrantId id, const std::string& why, Streams streams) {
    done_or_refuse(app::end_role(outside.people(), actor, id, why));
    streams.out << "已解除，即时生效。\n";
    return fine;
}

Exit found_supervision(Outside& outside, const std::string& actor, const std::array<std::string, 2>& supervisors,
                       Streams streams) {
    const auto& [first, second] = supervisors;
    done_or_refuse(app::found_supervision(outside.people(), actor, {first, second}));
    streams.out << first << " 和 " << second
                << " 已是监督人员，留痕链记有初始设立的标记。接下来由其中一人提名首位技术人员，另一人确认。\n";
    return fine;
}

Exit show_access(Streams streams) {
    const auto matrix = access_matrix();
    Table table{matrix.front()};
    for (std::size_t i = 1; i < matrix.size(); ++i) table.add(matrix[i]);
    streams.out
        << table
        << "本人：本人经办的办件；本部门：本人所在部门的。开标前的一律不可见、不可处理；经办人不处理自己的办件，"
           "也看不到其中的身份；专家身份对所有人关闭；同一人不签两次。\n";
    return fine;
}

}  // namespace hcp::ctl
