#include "plugin/app/province/delivery_words.hpp"

#include "plugin/domain/day_text.hpp"
#include "plugin/record/json.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace hcp::app {

using namespace domain;
using record::id_text;

namespace {

template <class T>
struct Code {
    T value;
    std::string_view code;
};

constexpr Code<DeliveryState> states[] = {{DeliveryState::queued, "queued"},
                                          {DeliveryState::claimed, "claimed"},
                                          {DeliveryState::delivered, "delivered"},
                                          {DeliveryState::held, "held"},
                                          {DeliveryState::parked, "parked"}};
constexpr Code<DeliveryKind> kinds[] = {
    {DeliveryKind::service, "service"}, {DeliveryKind::rating, "rating"}, {DeliveryKind::withdrawal, "withdrawal"}};
// None of secrecy: what is under it is not known here (E14).
constexpr Code<HeldReason> reasons[] = {{HeldReason::unmarked_default, "unmarked_default"},
                                        {HeldReason::unclassified, "unclassified"},
                                        {HeldReason::expert, "expert"},
                                        {HeldReason::no_message, "no_message"},
                                        {HeldReason::channel_stopped, "channel_stopped"},
                                        {HeldReason::superseded, "superseded"},
                                        {HeldReason::withdrawn, "withdrawn"},
                                        {HeldReason::doubled, "doubled"},
                                        {HeldReason::unclear, "unclear"},
                                        {HeldReason::difference, "difference"},
                                        {HeldReason::changed, "changed"},
                                        {HeldReason::refused, "refused"},
                                        {HeldReason::expired, "expired"},
                                        {HeldReason::own_trouble, "own_trouble"},
                                        {HeldReason::by_operator, "operator"}};

template <class T, std::size_t n>
std::string_view code_in(const Code<T> (&codes)[n], T value) {
    const auto* const found = std::ranges::find(codes, value, &Code<T>::value);
    return found == std::end(codes) ? std::string_view{} : found->code;
}
template <class T, std::size_t n>
std::optional<T> value_in(const Code<T> (&codes)[n], std::string_view text) {
    const auto* const found = std::ranges::find_if(
        codes, [&](const auto& one) { return text == one.code || text == domain::text_of(one.value); });
    return found == std::end(codes) ? std::nullopt : std::optional{found->value};
}

std::string whole_minutes(std::chrono::seconds time) {
    return time.count() % 60 == 0 ? std::to_string(time.count() / 60) + " 分钟" : std::to_string(time.count()) + " 秒";
}

// Of a service of which nobody knows whether it arrived.
std::string what_is_known(const ports::DeliveryRow& d) {
    if (!d.known.left_by) return "此前的发送未被接受或未发出；先查省平台的服务清单，没有即发送";
    std::string text = "可能已到达：最迟于 " + moment_text(*d.known.left_by) + " 发出";
    if (d.known.denied) text += "，省平台答复暂不受理";
    if (d.known.absent_at) text += "；" + moment_text(*d.known.absent_at) + " 查过，清单中没有";
    return text;
}

std::string when_it_is_repeated(const ports::DeliveryRow& d, const SettleTerms& terms) {
    if (!d.known.left_by) return {};
    const auto wait = d.known.denied ? terms.denied_after.value_or(terms.settle_after) : terms.settle_after;
    const auto from = (d.known.absent_at ? *d.known.absent_at : *d.known.left_by) + wait;
    if (d.known.denied || d.known.absent_at) return "；" + moment_text(from) + " 之后仍查不到才原样重发";
    return "；" + moment_text(from) + " 之后查不到，再过 " + whole_minutes(terms.settle_after) +
           " 仍查不到，才原样重发";
}

std::string what_a_person_does(const ports::DeliveryRow& d) {
    switch (d.held_reason) {
        case HeldReason::doubled:
        case HeldReason::unclear:
            return "请在省平台核对后认定服务编号；核对后也可重新推送，先查后发";
        case HeldReason::difference:
            return "省平台保留先收到的评价；请与省平台核对更正，再重新推送";
        case HeldReason::changed:
            return "把事项、环节或省档案改回，然后重新推送；省平台已有此服务的，会先查到并认定";
        case HeldReason::refused:
            return "按原因改正资料后，重新推送";
        case HeldReason::by_operator:
            return "解除暂缓后推送";
        case HeldReason::unclassified:
            return "补充事项、环节或省档案；事项补充后自动发出，其他的重新推送";
        case HeldReason::unmarked_default:
        case HeldReason::expert:
        case HeldReason::no_message:
        case HeldReason::superseded:
        case HeldReason::withdrawn:
            return "无须处理，留存待查";
        case HeldReason::none:
        case HeldReason::channel_stopped:
        case HeldReason::expired:
        case HeldReason::own_trouble:
        case HeldReason::secrecy:
            break;
    }
    return "查明原因后，重新推送";
}

}  // namespace

std::string_view code_of(DeliveryState state) {
    return code_in(states, state);
}
std::string_view code_of(DeliveryKind kind) {
    return code_in(kinds, kind);
}
std::string_view code_of(HeldReason reason) {
    return code_in(reasons, reason);
}
std::optional<DeliveryState> state_from(std::string_view text) {
    return value_in(states, text);
}
std::optional<HeldReason> reason_from(std::string_view text) {
    return value_in(reasons, text);
}
std::string all_reason_codes() {
    std::string all;
    for (const auto& reason : reasons) all.append(all.empty() ? "" : " ").append(reason.code);
    return all;
}

std::string reason_of(const ports::DeliveryRow& d) {
    if (d.state == DeliveryState::delivered) return {};
    if (d.state == DeliveryState::held) return std::string{text_of(d.held_reason)};
    if (d.state == DeliveryState::parked && d.last_reason.empty()) return std::string{text_of(d.held_reason)};
    return d.last_reason;
}

std::string kind_text(const ports::DeliverySummary& summary) {
    std::string text{text_of(summary.delivery.kind)};
    if (summary.origin) text += "（" + std::string{text_of(*summary.origin, summary.unsubmitted)} + "）";
    return text;
}

std::string next_try(const ports::DeliveryRow& d) {
    if (d.state != DeliveryState::queued && d.state != DeliveryState::claimed) return "—";
    if (d.waits_for != DeliveryId{}) return "等待 " + id_text(d.waits_for);
    return moment_text(d.next_at);
}

std::string number_text(std::int32_t number) {
    return number == 0 ? "—" : std::to_string(number);
}

Story story_of(const ports::DeliveryRow& d, const SettleTerms& terms) {
    Story story;
    if (d.attempts == 0) story.happened = "尚未推送过";
    if (d.attempts > 0)
        story.happened =
            "推送过 " + std::to_string(d.attempts) + " 次" + (d.last_reason.empty() ? "" : "；最近：" + d.last_reason);
    const bool asks = d.kind == DeliveryKind::service && d.outcome_unknown;
    switch (d.state) {
        case DeliveryState::delivered:
            story.happened = (d.delivered_at ? moment_text(*d.delivered_at) : "—") + " 送达";
            return story;
        case DeliveryState::claimed:
            story.next = "正在推送，最迟 " + moment_text(d.next_at) + " 有结果，否则重新核对";
            break;
        case DeliveryState::queued:
            if (d.waits_for != DeliveryId{})
                story.next = "推送 " + id_text(d.waits_for) + " 送达之后发送（同一办件依次推送）";
            else if (asks)
                story.next =
                    moment_text(d.next_at) + " 查省平台的服务清单，查到即为送达" + when_it_is_repeated(d, terms);
            else
                story.next = moment_text(d.next_at) + " 推送";
            break;
        case DeliveryState::held:
        case DeliveryState::parked:
            story.next = what_a_person_does(d);
            break;
    }
    if (asks) story.known = what_is_known(d);
    return story;
}

}  // namespace hcp::app
