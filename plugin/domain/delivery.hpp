#pragma once
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace hcp::domain {

// One message owed to the province. It never changes once delivered; a correction is a new one with a higher revision.
enum class DeliveryKind : std::int32_t {
    service = 1,     // M1 办件服务
    rating = 2,      // M2 评价
    withdrawal = 3,  // E17: no message for it is known, so it stays HELD and visible
};

enum class DeliveryState : std::int32_t { queued = 1, claimed = 2, delivered = 3, held = 4, parked = 5 };

// Why a delivery is HELD or PARKED. Stored: never renumber, never reuse.
enum class HeldReason : std::int32_t {
    none = 0,
    secrecy = 1,           // E14: bids not opened
    unmarked_default = 2,  // the province has no mark for a default
    unclassified = 3,      // 未归类: item, step, line or kind of certificate has no province code yet
    expert = 4,            // identity of 评标专家 stays closed
    no_message = 5,        // the province has no such message
    channel_stopped = 6,   // signature refused or bridge switched off: held until someone resumes it
    superseded = 7,        // a default that was not sent before a timely rating took its place (E3)
    withdrawn = 8,         // its case was withdrawn before anything of it had left (E56)
    doubled = 9,           // the province lists more services of its name in its dossier than were sent
    unclear = 10,          // which of the listed services it is cannot be told
    difference = 11,       // the province holds another rating
    changed = 12,          // it may have arrived, and would not be said in the same words again
    refused = 13,          // by the province, or before it left
    expired = 14,          // not delivered within the time to give up
    own_trouble = 15,      // it cannot be opened, or its answers cannot be read, while others get through
    by_operator = 16,      // hcpctl deliveries hold
};

[[nodiscard]] constexpr std::string_view text_of(HeldReason reason) noexcept {
    switch (reason) {
        case HeldReason::secrecy:
            return "开标前保密";
        case HeldReason::unmarked_default:
            return "省平台未提供系统默认标识";
        case HeldReason::unclassified:
            return "未归类：事项、环节、业务类别、证件类型或办理渠道没有对应的省代码";
        case HeldReason::expert:
            return "评标专家身份不外送";
        case HeldReason::no_message:
            return "省平台未提供该类消息";
        case HeldReason::channel_stopped:
            return "推送通道已停止";
        case HeldReason::superseded:
            return "已由本人评价取代，不再推送";
        case HeldReason::withdrawn:
            return "办件已撤回，不再推送";
        case HeldReason::doubled:
            return "省平台有重复的服务，待人工认定";
        case HeldReason::unclear:
            return "无法认定是省平台清单中的哪一条";
        case HeldReason::difference:
            return "省平台已有不同的评价";
        case HeldReason::changed:
            return "首次发送后资料有变，不能原样重发";
        case HeldReason::refused:
            return "内容未被接受";
        case HeldReason::expired:
            return "超过最长推送期限仍未送达";
        case HeldReason::own_trouble:
            return "这一条自身的资料或答复无法处理";
        case HeldReason::by_operator:
            return "人工暂缓";
        case HeldReason::none:
            break;
    }
    return "";
}
[[nodiscard]] constexpr std::string_view text_of(DeliveryState state) noexcept {
    switch (state) {
        case DeliveryState::queued:
            return "待推送";
        case DeliveryState::claimed:
            return "推送中";
        case DeliveryState::delivered:
            return "已送达";
        case DeliveryState::held:
            return "暂缓";
        case DeliveryState::parked:
            return "待人工处理";
    }
    return "";
}
[[nodiscard]] constexpr std::string_view text_of(DeliveryKind kind) noexcept {
    switch (kind) {
        case DeliveryKind::service:
            return "办件服务";
        case DeliveryKind::rating:
            return "评价";
        case DeliveryKind::withdrawal:
            return "办件撤回";
    }
    return "";
}

// What an exchange with the province meant.
enum class Verdict : std::int32_t {
    delivered,     // stored now, or it says it has it already
    again,         // did not happen; may be repeated
    ask_first,     // unknown whether it happened: an M1 is asked for by M4 before it is repeated, an M2 may be repeated
    refused,       // ours to fix: park it
    stop_channel,  // signature, certificate, token: said of a second message too, nothing gets through until someone
                   // looks
    too_early,     // not stored: a time in it is still to come by the province's clock
};

// Full jitter: a fast phase that doubles from `base` to `fast_cap`, then a slow phase with a fixed ceiling. `u` in
// [0,1) comes from outside so that a test can choose it. A Retry-After is a floor.
struct Backoff {
    std::chrono::milliseconds base{500};
    std::chrono::milliseconds fast_cap{60'000};
    int fast_attempts = 10;
    std::chrono::milliseconds slow_cap{600'000};

    [[nodiscard]] std::chrono::milliseconds delay(int attempt, double u,
                                                  std::chrono::milliseconds at_least = {}) const noexcept {
        const auto ceiling =
            attempt < fast_attempts ? std::min(fast_cap, base * (1 << std::min(attempt, 16))) : slow_cap;
        return std::max(at_least,
                        std::chrono::milliseconds{static_cast<std::int64_t>(static_cast<double>(ceiling.count()) * u)});
    }
};

}  // namespace hcp::domain
