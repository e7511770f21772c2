#pragma once
#include <cstdint>
#include <string_view>

namespace hcp::domain {

// What somebody of the centre is told by the inbox of the desk. Stored: never renumber, never reuse. Behind each, what
// `about` names.
enum class NoticeKind : std::int32_t {
    role_to_confirm = 1,      // a grant
    role_given = 2,           // a grant
    role_ended = 3,           // a grant, or a proposal that was refused
    attribution_to_sign = 4,  // an attribution
    attribution_signed = 5,   // an attribution
    drafts_to_release = 6,    // an import of the catalogue: its time in µs
    guide_to_renew = 7,       // "item/version/how many times it was told"
    leak_to_decide = 8,       // a leak case
    leak_decided = 9,         // a leak case
};
[[nodiscard]] constexpr std::string_view code_of(NoticeKind kind) noexcept {
    switch (kind) {
        case NoticeKind::role_to_confirm:
            return "role_to_confirm";
        case NoticeKind::role_given:
            return "role_given";
        case NoticeKind::role_ended:
            return "role_ended";
        case NoticeKind::attribution_to_sign:
            return "attribution_to_sign";
        case NoticeKind::attribution_signed:
            return "attribution_signed";
        case NoticeKind::drafts_to_release:
            return "drafts_to_release";
        case NoticeKind::guide_to_renew:
            return "guide_to_renew";
        case NoticeKind::leak_to_decide:
            return "leak_to_decide";
        case NoticeKind::leak_decided:
            return "leak_decided";
    }
    return "";
}
// A sentence without names: the host passes it on by ways that are not ours.
[[nodiscard]] constexpr std::string_view text_of(NoticeKind kind) noexcept {
    switch (kind) {
        case NoticeKind::role_to_confirm:
            return "有一条岗位提名待您确认";
        case NoticeKind::role_given:
            return "您的岗位已确认，现在生效";
        case NoticeKind::role_ended:
            return "您的岗位已解除，或您的提名未获确认";
        case NoticeKind::attribution_to_sign:
            return "有一项归属更改待您复签";
        case NoticeKind::attribution_signed:
            return "您提出的归属更改已复签生效";
        case NoticeKind::drafts_to_release:
            return "目录有新的草稿待您发布";
        case NoticeKind::guide_to_renew:
            return "有一份办事指南很久没有更新，请核对";
        case NoticeKind::leak_to_decide:
            return "有一宗泄露案件待您决定";
        case NoticeKind::leak_decided:
            return "您登记的泄露案件已有决定";
    }
    return "";
}

}  // namespace hcp::domain
