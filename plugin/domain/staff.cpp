#include "plugin/domain/staff.hpp"

#include <algorithm>
#include <iterator>

namespace hcp::domain {
namespace {

struct RoleWords {
    StaffRole role;
    std::string_view text, code;
};
constexpr RoleWords role_words[] = {
    {StaffRole::evaluated, "被评价人", "evaluated"},
    {StaffRole::contact, "部门联系人", "contact"},
    {StaffRole::head, "部门负责人", "head"},
    {StaffRole::supervisor, "监督", "supervisor"},
    {StaffRole::second_signer, "复签人", "second_signer"},
    {StaffRole::committee, "监督委员会", "committee"},
    {StaffRole::technical, "技术", "technical"},
    {StaffRole::finance, "财务", "finance"},
    {StaffRole::publicity_editor, "公开编辑", "publicity_editor"},
};
static_assert(std::size(role_words) == staff_roles.size());

}  // namespace

std::string_view text_of(StaffRole role) noexcept {
    const auto* const found = std::ranges::find(role_words, role, &RoleWords::role);
    return found == std::end(role_words) ? std::string_view{} : found->text;
}

std::string_view code_of(StaffRole role) noexcept {
    const auto* const found = std::ranges::find(role_words, role, &RoleWords::role);
    return found == std::end(role_words) ? std::string_view{} : found->code;
}

std::optional<StaffRole> staff_role_from(std::string_view text) noexcept {
    const auto* const found = std::ranges::find_if(
        role_words, [&](const RoleWords& words) { return words.text == text || words.code == text; });
    if (found == std::end(role_words)) return std::nullopt;
    return found->role;
}

const Post* post_at(std::span<const Post> versions, Instant at) noexcept {
    const Post* in_force = nullptr;
    for (const auto& version : versions)
        if (version.since <= at) in_force = &version;
    return in_force != nullptr && in_force->until && *in_force->until <= at ? nullptr : in_force;
}

bool ends_sessions(const Post* before, const Post* after) noexcept {
    if (before == nullptr) return false;
    return after == nullptr || after->department_id != before->department_id || after->windows != before->windows;
}

bool keeps_role(StaffRole role, std::string_view department_id, const Post* post) noexcept {
    return post != nullptr && (!is_of_a_department(role) || post->department_id == department_id);
}

}  // namespace hcp::domain
