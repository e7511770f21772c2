#include "plugin/domain/access.hpp"

#include <algorithm>
#include <array>

namespace hcp::domain {
namespace {

using enum StaffRole;
using enum Reach;

// Whoever may see an identity or a telephone number opens each for itself, for a purpose, and on record (M16.3); all
// others have them masked (E8, M16.2).
constexpr Sight sights[] = {
    {evaluated, Field::case_facts, own_reviews},
    {evaluated, Field::level, own_reviews},
    {evaluated, Field::text, own_reviews},
    {evaluated, Field::subject_masked, own_reviews},

    {contact, Field::case_facts, own_department},
    {contact, Field::level, own_department},
    {contact, Field::text, own_department},
    {contact, Field::subject_masked, own_department},

    {head, Field::case_facts, own_department},
    {head, Field::level, own_department},
    {head, Field::text, own_department},
    {head, Field::subject_masked, own_department},

    {supervisor, Field::case_facts, everywhere},
    {supervisor, Field::level, everywhere},
    {supervisor, Field::text, everywhere},
    {supervisor, Field::subject_masked, everywhere},
    {supervisor, Field::subject_identity, everywhere},
    {supervisor, Field::subject_phone, everywhere},

    {technical, Field::case_facts, everywhere},
};

constexpr Power powers[] = {
    {contact, Action::see_roster, own_department},         {head, Action::see_roster, own_department},
    {contact, Action::import_catalogue, own_department},   {head, Action::import_catalogue, own_department},
    {head, Action::release_catalogue, own_department},

    {supervisor, Action::see_roster, everywhere},          {supervisor, Action::propose_first_technical, everywhere},
    {supervisor, Action::confirm_role, everywhere},        {supervisor, Action::end_role, everywhere},
    {supervisor, Action::invite_staff, everywhere},        {supervisor, Action::end_staff_sessions, everywhere},
    {supervisor, Action::release_catalogue, everywhere},   {supervisor, Action::activate_local_days, everywhere},
    {supervisor, Action::verify_ledger, everywhere},       {supervisor, Action::read_health, everywhere},
    {supervisor, Action::attribute_case, everywhere},      {supervisor, Action::attribute_rated_case, everywhere},
    {supervisor, Action::read_coverage, everywhere},       {supervisor, Action::read_exports, everywhere},
    {supervisor, Action::read_unmaskings, everywhere},     {supervisor, Action::interpret_rule, everywhere},
    {supervisor, Action::report_leak, everywhere},         {supervisor, Action::decide_leak, everywhere},

    {committee, Action::read_unmaskings, everywhere},      {committee, Action::decide_leak, everywhere},

    {second_signer, Action::sign_attribution, everywhere},

    {technical, Action::see_roster, everywhere},           {technical, Action::import_roster, everywhere},
    {technical, Action::propose_role, everywhere},         {technical, Action::withdraw_proposal, everywhere},
    {technical, Action::invite_staff, everywhere},         {technical, Action::end_staff_sessions, everywhere},
    {technical, Action::import_catalogue, everywhere},     {technical, Action::retry_delivery, everywhere},
    {technical, Action::hold_delivery, everywhere},        {technical, Action::adopt_service, everywhere},
    {technical, Action::take_back_event, everywhere},      {technical, Action::verify_ledger, everywhere},
    {technical, Action::read_health, everywhere},          {technical, Action::read_coverage, everywhere},
    {technical, Action::attribute_case, everywhere},
};

constexpr AccessTable table{sights, powers};

struct FieldWords {
    Field field;
    std::string_view code, text;
};
constexpr FieldWords field_words[] = {
    {Field::case_facts, "case_facts", "办件信息"},
    {Field::level, "level", "等级和标签"},
    {Field::text, "text", "评价文字"},
    {Field::subject_masked, "subject_masked", "评价主体（隐去）"},
    {Field::subject_identity, "subject_identity", "评价主体身份"},
    {Field::subject_phone, "subject_phone", "评价主体电话"},
};
struct ActionWords {
    Action action;
    std::string_view code, text;
};
constexpr ActionWords action_words[] = {
    {Action::see_roster, "see_roster", "查看名册"},
    {Action::import_roster, "import_roster", "导入名册"},
    {Action::propose_role, "propose_role", "提名岗位"},
    {Action::propose_first_technical, "propose_first_technical", "提名首位技术人员"},
    {Action::withdraw_proposal, "withdraw_proposal", "撤回提名"},
    {Action::confirm_role, "confirm_role", "确认岗位"},
    {Action::end_role, "end_role", "解除岗位"},
    {Action::invite_staff, "invite_staff", "签发一次性登录链接"},
    {Action::end_staff_sessions, "end_staff_sessions", "结束他人的登录"},
    {Action::import_catalogue, "import_catalogue", "导入目录草稿"},
    {Action::release_catalogue, "release_catalogue", "发布目录"},
    {Action::attribute_case, "attribute_case", "更改办件归属"},
    {Action::attribute_rated_case, "attribute_rated_case", "更改已评办件的归属"},
    {Action::sign_attribution, "sign_attribution", "复签归属更改"},
    {Action::retry_delivery, "retry_delivery", "重新推送"},
    {Action::hold_delivery, "hold_delivery", "暂缓推送、解除暂缓"},
    {Action::adopt_service, "adopt_service", "认定省平台服务"},
    {Action::take_back_event, "take_back_event", "放回搁置的事件"},
    {Action::activate_local_days, "activate_local_days", "启用本地安排"},
    {Action::interpret_rule, "interpret_rule", "解释规则"},
    {Action::verify_ledger, "verify_ledger", "核验留痕链"},
    {Action::read_health, "read_health", "查看运行状况"},
    {Action::read_coverage, "read_coverage", "查看覆盖情况"},
    {Action::read_exports, "read_exports", "查看导出记录"},
    {Action::read_unmaskings, "read_unmaskings", "查看身份查阅记录和泄露案件"},
    {Action::report_leak, "report_leak", "登记泄露案件"},
    {Action::decide_leak, "decide_leak", "决定泄露案件"},
};
struct ReachWords {
    Reach reach;
    std::string_view code, text;
};
constexpr ReachWords reach_words[] = {
    {nothing, "nothing", "—"},
    {own_reviews, "own_reviews", "本人"},
    {own_department, "own_department", "本部门"},
    {everywhere, "everywhere", "全部"},
};

constexpr bool names(Field field) noexcept {
    return field == Field::subject_identity || field == Field::subject_phone;
}
constexpr bool signs(Action action) noexcept {
    return action == Action::propose_role || action == Action::propose_first_technical ||
           action == Action::confirm_role || action == Action::sign_attribution || action == Action::decide_leak;
}

bool handled(const Viewer& viewer, const Matter& matter) noexcept {
    return std::ranges::find(matter.handlers, viewer.staff_id) != matter.handlers.end();
}

bool reaches(Reach reach, const Viewer& viewer, const Matter& matter) noexcept {
    switch (reach) {
        case nothing:
            return false;
        case own_reviews:
            return handled(viewer, matter);
        case own_department:
            return !viewer.department_id.empty() && viewer.department_id == matter.department_id;
        case everywhere:
            return true;
    }
    return false;
}

template <class Rows, class Is>
Reach widest(const Rows& rows, const Is& is_it) noexcept {
    auto reach = nothing;
    for (const auto& row : rows)
        if (is_it(row)) reach = std::max(reach, row.reach);
    return reach;
}

}  // namespace

const AccessTable& access_table() noexcept {
    return table;
}

bool Viewer::is(StaffRole role) const noexcept {
    return std::ranges::find(roles, role) != roles.end();
}

bool visible_to(const Viewer& viewer, Field field, const Matter& of, const AccessTable& by) noexcept {
    if (!of.secrecy.may_be_told()) return false;
    if (names(field) && (of.rated_by_expert || handled(viewer, of))) return false;
    return std::ranges::any_of(by.sights, [&](const Sight& row) {
        return row.field == field && viewer.is(row.role) && reaches(row.reach, viewer, of);
    });
}

bool may_do(const Viewer& viewer, Action action, const Matter& on, const AccessTable& by) noexcept {
    if (!on.secrecy.may_be_told() || handled(viewer, on)) return false;
    if (!on.about.empty() && on.about == viewer.staff_id) return false;
    if (signs(action) && std::ranges::find(on.signers, viewer.staff_id) != on.signers.end()) return false;
    return std::ranges::any_of(by.powers, [&](const Power& row) {
        return row.action == action && viewer.is(row.role) && reaches(row.reach, viewer, on);
    });
}

Reach reach_of(const Viewer& viewer, Field field, const AccessTable& by) noexcept {
    return widest(by.sights, [&](const Sight& row) { return row.field == field && viewer.is(row.role); });
}

Reach reach_of(const Viewer& viewer, Action action, const AccessTable& by) noexcept {
    return widest(by.powers, [&](const Power& row) { return row.action == action && viewer.is(row.role); });
}

std::string_view text_of(Reach reach) noexcept {
    return std::ranges::find(reach_words, reach, &ReachWords::reach)->text;
}
std::string_view code_of(Reach reach) noexcept {
    return std::ranges::find(reach_words, reach, &ReachWords::reach)->code;
}

std::vector<AccessRow> access_rows(const AccessTable& by) {
    std::vector<AccessRow> rows;
    const auto add = [&](AccessRow::Kind kind, const auto& words, const auto& entries, const auto& is_it) {
        auto& row = rows.emplace_back(AccessRow{kind, words.code, words.text, {}});
        for (const auto role : staff_roles)
            row.reaches.push_back(widest(entries, [&](const auto& one) { return one.role == role && is_it(one); }));
    };
    for (const auto& words : field_words)
        add(AccessRow::Kind::field, words, by.sights, [&](const Sight& one) { return one.field == words.field; });
    for (const auto& words : action_words)
        add(AccessRow::Kind::action, words, by.powers, [&](const Power& one) { return one.action == words.action; });
    return rows;
}

std::vector<Granted> granted_to(const Viewer& viewer, const AccessTable& by) {
    std::vector<Granted> all;
    const auto add = [&](AccessRow::Kind kind, std::string_view code, Reach reach) {
        if (reach != nothing) all.push_back({kind, code, reach});
    };
    for (const auto& words : field_words) add(AccessRow::Kind::field, words.code, reach_of(viewer, words.field, by));
    for (const auto& words : action_words) add(AccessRow::Kind::action, words.code, reach_of(viewer, words.action, by));
    return all;
}

}  // namespace hcp::domain
