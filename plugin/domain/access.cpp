#include "plugin/domain/access.hpp"

#include <algorithm>
#include <array>

namespace hcp::domain {
namespace {

using enum StaffRole;
using enum Reach;

// Nobody opens an identity or a phone number yet: by default both are masked (E8, M16.2).
constexpr Sight sights[] = {
    {evaluated, Field::case_facts, own_reviews},  {evaluated, Field::level, own_reviews},
    {evaluated, Field::text, own_reviews},        {evaluated, Field::subject_masked, own_reviews},

    {contact, Field::case_facts, own_department}, {contact, Field::level, own_department},
    {contact, Field::text, own_department},       {contact, Field::subject_masked, own_department},

    {head, Field::case_facts, own_department},    {head, Field::level, own_department},
    {head, Field::text, own_department},          {head, Field::subject_masked, own_department},

    {supervisor, Field::case_facts, everywhere},  {supervisor, Field::level, everywhere},
    {supervisor, Field::text, everywhere},        {supervisor, Field::subject_masked, everywhere},

    {technical, Field::case_facts, everywhere},
};

constexpr Power powers[] = {
    {contact, Action::see_roster, own_department},       {head, Action::see_roster, own_department},
    {contact, Action::import_catalogue, own_department}, {head, Action::import_catalogue, own_department},
    {head, Action::release_catalogue, own_department},

    {supervisor, Action::see_roster, everywhere},        {supervisor, Action::propose_first_technical, everywhere},
    {supervisor, Action::confirm_role, everywhere},      {supervisor, Action::end_role, everywhere},
    {supervisor, Action::invite_staff, everywhere},      {supervisor, Action::end_staff_sessions, everywhere},
    {supervisor, Action::release_catalogue, everywhere}, {supervisor, Action::activate_local_days, everywhere},
    {supervisor, Action::verify_ledger, everywhere},     {supervisor, Action::read_health, everywhere},
    {supervisor, Action::attribute_case, everywhere},    {supervisor, Action::attribute_rated_case, everywhere},

    {second_signer, Action::sign_attribution, everywhere},

    {technical, Action::see_roster, everywhere},         {technical, Action::import_roster, everywhere},
    {technical, Action::propose_role, everywhere},       {technical, Action::withdraw_proposal, everywhere},
    {technical, Action::invite_staff, everywhere},       {technical, Action::end_staff_sessions, everywhere},
    {technical, Action::import_catalogue, everywhere},   {technical, Action::retry_delivery, everywhere},
    {technical, Action::hold_delivery, everywhere},      {technical, Action::adopt_service, everywhere},
    {technical, Action::take_back_event, everywhere},    {technical, Action::verify_ledger, everywhere},
    {technical, Action::read_health, everywhere},        {technical, Action::attribute_case, everywhere},
};

constexpr AccessTable table{sights, powers};

constexpr std::array all_fields{Field::case_facts,       Field::level,        Field::text, Field::subject_masked,
                                Field::subject_identity, Field::subject_phone};
constexpr std::array all_actions{
    Action::see_roster,         Action::import_roster,    Action::propose_role,      Action::propose_first_technical,
    Action::withdraw_proposal,  Action::confirm_role,     Action::end_role,          Action::invite_staff,
    Action::end_staff_sessions, Action::import_catalogue, Action::release_catalogue, Action::attribute_case,
    Action::attribute_rated_case, Action::sign_attribution, Action::retry_delivery,
    Action::hold_delivery,      Action::adopt_service,    Action::take_back_event,   Action::activate_local_days,
    Action::verify_ledger,      Action::read_health};

constexpr bool names(Field field) noexcept {
    return field == Field::subject_identity || field == Field::subject_phone;
}
constexpr bool signs(Action action) noexcept {
    return action == Action::propose_role || action == Action::propose_first_technical ||
           action == Action::confirm_role || action == Action::sign_attribution;
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

std::string_view word_of(Reach reach) noexcept {
    switch (reach) {
        case nothing:
            return "—";
        case own_reviews:
            return "本人";
        case own_department:
            return "本部门";
        case everywhere:
            return "全部";
    }
    return "";
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

std::string_view text_of(Field field) noexcept {
    switch (field) {
        case Field::case_facts:
            return "办件信息";
        case Field::level:
            return "等级和标签";
        case Field::text:
            return "评价文字";
        case Field::subject_masked:
            return "评价主体（隐去）";
        case Field::subject_identity:
            return "评价主体身份";
        case Field::subject_phone:
            return "评价主体电话";
    }
    return "";
}

std::string_view text_of(Action action) noexcept {
    switch (action) {
        case Action::see_roster:
            return "查看名册";
        case Action::import_roster:
            return "导入名册";
        case Action::propose_role:
            return "提名岗位";
        case Action::propose_first_technical:
            return "提名首位技术人员";
        case Action::withdraw_proposal:
            return "撤回提名";
        case Action::confirm_role:
            return "确认岗位";
        case Action::end_role:
            return "解除岗位";
        case Action::invite_staff:
            return "签发一次性登录链接";
        case Action::end_staff_sessions:
            return "结束他人的登录";
        case Action::import_catalogue:
            return "导入目录草稿";
        case Action::release_catalogue:
            return "发布目录";
        case Action::attribute_case:
            return "更改办件归属";
        case Action::attribute_rated_case:
            return "更改已评办件的归属";
        case Action::sign_attribution:
            return "复签归属更改";
        case Action::retry_delivery:
            return "重新推送";
        case Action::hold_delivery:
            return "暂缓推送、解除暂缓";
        case Action::adopt_service:
            return "认定省平台服务";
        case Action::take_back_event:
            return "放回搁置的事件";
        case Action::activate_local_days:
            return "启用本地安排";
        case Action::verify_ledger:
            return "核验留痕链";
        case Action::read_health:
            return "查看运行状况";
    }
    return "";
}

std::vector<std::vector<std::string>> access_matrix(const AccessTable& by) {
    std::vector<std::vector<std::string>> rows{{"可见与可做"}};
    for (const auto role : staff_roles) rows.front().emplace_back(text_of(role));
    const auto widest = [](const auto& entries, StaffRole role, const auto& is_it) {
        auto reach = nothing;
        for (const auto& row : entries)
            if (row.role == role && is_it(row)) reach = std::max(reach, row.reach);
        return std::string{word_of(reach)};
    };
    for (const auto field : all_fields) {
        auto& row = rows.emplace_back(std::vector{"看 " + std::string{text_of(field)}});
        for (const auto role : staff_roles)
            row.push_back(widest(by.sights, role, [&](const Sight& one) { return one.field == field; }));
    }
    for (const auto action : all_actions) {
        auto& row = rows.emplace_back(std::vector{"做 " + std::string{text_of(action)}});
        for (const auto role : staff_roles)
            row.push_back(widest(by.powers, role, [&](const Power& one) { return one.action == action; }));
    }
    return rows;
}

}  // namespace hcp::domain
