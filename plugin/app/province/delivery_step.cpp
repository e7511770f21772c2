#include "plugin/app/province/delivery_step.hpp"

#include <algorithm>

namespace hcp::app {

using namespace record;

using namespace domain;
using ports::DeliveryWork;
using ports::Exchange;
using Mark = ports::DeliveryMark;

namespace {

Mark mark(const DeliveryWork& work, DeliveryState state, Instant now, std::string reason) {
    Mark mark;
    mark.id = work.delivery.id;
    mark.state = state;
    mark.at = mark.next_at = now;
    mark.reason = std::move(reason);
    mark.evaluation_id = work.evaluation.id;
    mark.service_number = work.evaluation.service_number;
    return mark;
}

Mark hold(const DeliveryWork& work, HeldReason reason, Instant now) {
    auto held = mark(work, DeliveryState::held, now, std::string{text_of(reason)});
    held.held_reason = reason;
    return held;
}

Mark delivered(const DeliveryWork& work, const Exchange& exchange, Instant now) {
    auto done = mark(work, DeliveryState::delivered, now, {});
    done.sent_digest = exchange.sent_digest;
    return done;
}

ports::result<SubjectFacts> subject_of(const Keys& keys, const DeliveryWork& work) {
    HCP_TRY(const auto key, keys.vault.unwrap(View{work.subject.wrapped_key}));
    HCP_TRY(const auto plain, key->open(View{work.evaluation.sealed_subject}, View{work.evaluation.token_digest}));
    return decode_subject(View{plain});
}

std::string service_name_of(const Rules& rules, const DeliveryWork& work) {
    const auto* node = rules.node(work.case_row.node);
    return node == nullptr ? std::string{} : node->service_name;
}

}  // namespace

std::optional<std::int32_t> arrived_number(const DeliveryWork& work, const std::vector<ports::KnownService>& listed) {
    if (listed.empty() || listed.back().number < work.evaluation.service_ordinal) return std::nullopt;
    return listed.back().number;
}

std::optional<std::int32_t> own_number(const DeliveryWork& work, std::string_view service_name,
                                       const std::vector<ports::KnownService>& listed) {
    std::optional<std::int32_t> lowest;
    for (const auto& service : listed) {
        const bool taken =
            std::find(work.taken_numbers.begin(), work.taken_numbers.end(), service.number) != work.taken_numbers.end();
        if (taken || service.service_name != service_name) continue;
        if (!work.evaluation.service_time.empty() && service.service_time != work.evaluation.service_time) continue;
        if (service.number == work.evaluation.service_ordinal) return service.number;
        if (!lowest) lowest = service.number;
    }
    return lowest;
}

DeliveryStep DeliveryPlan::first(const DeliveryWork& work, Instant now) const {
    auto subject = subject_of(keys_, work);
    const bool is_service = work.delivery.kind == DeliveryKind::service;
    // A service of which an attempt failed for certain has not left (E56).
    const bool may_have_left = work.delivery.outcome_unknown || (!is_service && work.delivery.attempts > 1);
    // What was held for secrecy and is released may have another reason to stay.
    const Leaving message{
        work.delivery.kind, work.evaluation,
        work.case_row,      work.rating ? &*work.rating : nullptr,
        may_have_left,      subject ? std::string_view{subject->certificate_kind} : std::string_view{}};
    if (const auto reason = held_because(message, rules_, terms_); reason != HeldReason::none)
        return hold(work, reason, now);
    if (!subject) return mark(work, DeliveryState::parked, now, "交易主体资料无法解封：" + subject.error().message());
    if (is_service ? work.delivery.outcome_unknown : work.evaluation.service_number == 0)
        return ports::ProvinceMessage{ports::ServiceQuery{*std::move(subject), work.dossier.project_no}};
    return is_service ? service(work, *std::move(subject), now) : rating(work, subject->name, now);
}

DeliveryStep DeliveryPlan::service(const DeliveryWork& work, SubjectFacts subject, Instant now) const {
    const auto& item = *rules_.item(work.case_row.item_code);  // there, or it would be held
    const auto& node = *rules_.node(work.case_row.node);

    ports::ServiceMessage message;
    message.project_no = work.dossier.project_no;
    message.project_name = work.case_row.project_name;
    message.item = {
        item.area_code, item.department_code, item.department_name, item.task_code,    item.task_handle_item,
        item.name,      item.task_type,       item.project_type,    node.service_name, node.project_status};
    message.mode = work.case_row.mode;
    message.subject = std::move(subject);
    if (!work.case_row.sealed_handlers.empty()) {
        const auto plain = keys_.sealer.open(View{work.case_row.sealed_handlers}, View{work.case_row.key_digest});
        const auto staff = plain ? decode_staff(View{*plain}) : ports::result<std::vector<StaffFacts>>{plain.error()};
        if (!staff) return mark(work, DeliveryState::parked, now, "经办人资料无法解封：" + staff.error().message());
        if (!staff->empty()) message.handler_name = staff->front().name;
    }
    message.accepted_at = work.case_row.accepted_at;
    message.completed_at = work.case_row.completed_at;
    message.service_time = work.case_row.completed_at;
    return ports::ProvinceMessage{std::move(message)};
}

DeliveryStep DeliveryPlan::rating(const DeliveryWork& work, std::string subject_name, Instant now) const {
    if (!work.rating) return mark(work, DeliveryState::parked, now, "缺少对应的评价记录");
    const auto* item = rules_.item(work.case_row.item_code);

    ports::RatingMessage message;
    message.project_no = work.dossier.project_no;
    message.service_number = work.evaluation.service_number;
    message.task_type = item == nullptr ? std::string{} : item->task_type;
    message.level = work.rating->level;
    message.origin = work.rating->origin;
    message.unsubmitted = work.rating->unsubmitted;
    message.withdrawn = work.case_row.withdrawn;
    message.channel = work.rating->channel;
    message.subject_name = std::move(subject_name);
    message.tags = work.rating->tags;
    if (!work.rating->sealed_text.empty()) {
        const auto key = keys_.vault.unwrap(View{work.subject.wrapped_key});
        const auto text = key ? (*key)->open(View{work.rating->sealed_text}, View{work.rating->text_digest})
                              : ports::result<Bytes>{key.error()};
        if (!text) return mark(work, DeliveryState::parked, now, "评价文字无法解封：" + text.error().message());
        message.text = std::string{ports::as_text(View{*text})};
    }
    message.rated_at = work.rating->received_at;
    message.service_time = work.case_row.completed_at;
    return ports::ProvinceMessage{std::move(message)};
}

Mark DeliveryPlan::again(const DeliveryWork& work, const Exchange& exchange, bool unknown, Instant now,
                         const Retry& retry) const {
    auto later = mark(work, DeliveryState::queued, now, exchange.reason);
    later.outcome_unknown = unknown;
    // Time in which the province was not reached at all, or the plugin did not run, is not held against a delivery: it
    // has had its chances first.
    const bool tried = work.delivery.attempts >= retry.backoff.fast_attempts;
    if (retry.may_park && tried && now >= work.delivery.give_up_at) {
        later.state = DeliveryState::parked;
        later.reason = "超过最长推送期限仍未送达：" + exchange.reason;
    }
    later.next_at = now + retry.backoff.delay(work.delivery.attempts, retry.jitter,
                                              exchange.retry_after.value_or(std::chrono::milliseconds{0}));
    later.service_time = exchange.service_time;
    return later;
}

DeliveryStep DeliveryPlan::next(DeliveryWork& work, const ports::ProvinceMessage& said, const Exchange& exchange,
                                Instant now, const Retry& retry) const {
    const bool asked = std::holds_alternative<ports::ServiceQuery>(said);
    const bool is_service = work.delivery.kind == DeliveryKind::service;
    switch (exchange.verdict) {
        case Verdict::delivered:
            break;
        case Verdict::refused: {
            auto parked = mark(work, DeliveryState::parked, now, exchange.reason);
            parked.outcome_unknown = asked && is_service;  // a person's retry must still ask first
            return parked;
        }
        case Verdict::again:
        case Verdict::stop_channel:
            return again(work, exchange, asked && is_service, now, retry);
        case Verdict::ask_first:
            return again(work, exchange, is_service, now, retry);
    }
    if (!asked) {
        auto done = delivered(work, exchange, now);
        done.service_time = exchange.service_time;
        return done;
    }
    if (is_service) {
        const auto number = arrived_number(work, exchange.services);
        if (!number && !retry.may_repeat) {
            auto waits = exchange;
            waits.reason = "系统时钟未经确认，暂不重发办件";
            return again(work, waits, true, now, retry);
        }
        if (!number) {  // it never arrived: now it is safe to send
            work.delivery.outcome_unknown = false;
            return first(work, now);
        }
        auto done = delivered(work, exchange, now);
        done.service_number = *number;
        return done;
    }
    const auto number = own_number(work, service_name_of(rules_, work), exchange.services);
    if (!number) {
        auto missing = exchange;
        missing.reason = "省平台的服务清单中没有对应服务，稍后再查";
        return again(work, missing, false, now, retry);
    }
    work.evaluation.service_number = *number;
    return first(work, now);
}

}  // namespace hcp::app
