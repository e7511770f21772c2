#include "adapters/ctl/commands.hpp"
#include "adapters/ctl/print.hpp"
#include "adapters/ctl/reply.hpp"
#include "plugin/app/people/confirm_role.hpp"
#include "plugin/app/people/end_role.hpp"
#include "plugin/app/people/found_supervision.hpp"
#include "plugin/app/people/import_roster.hpp"
#include "plugin/app/people/list_people.hpp"
#include "plugin/app/people/propose_role.hpp"
#include "plugin/domain/access.hpp"
#include "plugin/domain/day_text.hpp"
#include "plugin/domain/text.hpp"
#include "plugin/record/json.hpp"

#include <utility>

namespace hcp::ctl {
namespace {

using namespace domain;
using record::id_text;

// The last day of a place ends with it.
std::string last_day(const std::optional<Instant>& until) {
    return until ? domain::text_of(day_of(*until - std::chrono::microseconds{1})) : "—";
}

std::string name_in(const app::Person& person) {
    return person.name.value_or("（无法打开，请检查 old_key_files）");
}

std::string roles_of(const app::Person& person) {
    std::vector<std::string_view> roles;
    for (const auto role : person.roles) roles.push_back(text_of(role));
    return domain::joined(roles, "、");
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
    const auto listed = app::list_people(outside.store(), outside.record_keys(), outside.now());
    if (!listed) throw refused_by_database(listed.error());
    const auto& people = *listed;
    if (json) {
        print_json(streams.out, app::json_of(people));
        return fine;
    }
    if (people.persons.empty()) {
        streams.out << "还没有名册；用 hcpctl staff import 导入。\n";
        return fine;
    }
    Table staff{{"工号", "姓名", "部门", "窗口", "自", "至", "状态", "岗位"}};
    for (const auto& person : people.persons)
        staff.add({person.row.staff_id, name_in(person), person.row.department_id,
                   or_dash(domain::joined(person.row.windows, ";")), domain::text_of(day_of(person.row.since)),
                   last_day(person.row.until), std::string{text_of(person.standing)}, or_dash(roles_of(person))});
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
    std::vector<std::string> heads{"可见与可做"};
    for (const auto role : staff_roles) heads.emplace_back(text_of(role));
    Table table{std::move(heads)};
    for (const auto& row : access_rows()) {
        std::vector<std::string> cells{(row.kind == AccessRow::Kind::field ? "看 " : "做 ") + std::string{row.text}};
        for (const auto reach : row.reaches) cells.emplace_back(text_of(reach));
        table.add(std::move(cells));
    }
    streams.out
        << table
        << "本人：本人经办的办件；本部门：本人所在部门的。开标前的一律不可见、不可处理；经办人不处理自己的办件，"
           "也看不到其中的身份；专家身份对所有人关闭；同一人不签两次。\n";
    return fine;
}

}  // namespace hcp::ctl
