#include "plugin/app/province/delivery_step.hpp"

#include "plugin/domain/text.hpp"

#include <algorithm>
#include <utility>

namespace hcp::app {

using namespace record;

using namespace domain;
using ports::DeliveryWork;
using ports::Exchange;
using Mark = ports::DeliveryMark;

namespace {

// The province's clock is behind ours by so much that a message came from its future: not sooner than this.
constexpr std::chrono::seconds until_it_is_past{60};

Mark mark(const DeliveryWork& work, DeliveryState state, Instant now, std::string reason) {
    Mark mark;
    mark.id = work.delivery.id;
    mark.state = state;
    mark.outcome_unknown = work.delivery.outcome_unknown;
    mark.known = work.delivery.known;
    mark.at = mark.next_at = now;
    mark.reason = std::move(reason);
    mark.evaluation_id = work.evaluation.id;
    mark.service_number = work.evaluation.service_number;
    return mark;
}

Ending hold(const DeliveryWork& work, HeldReason reason, Instant now) {
    Ending held{mark(work, DeliveryState::held, now, std::string{text_of(reason)}), {}};
    held.mark.held_reason = reason;
    return held;
}

Ending park(const DeliveryWork& work, HeldReason reason, Instant now, std::string why) {
    Ending parked{mark(work, DeliveryState::parked, now, std::move(why)), {}};
    parked.mark.held_reason = reason;
    return parked;
}

Ending park_with_list(const DeliveryWork& work, HeldReason reason, Instant now, Found found) {
    auto parked = park(work, reason, now, std::move(found.why));
    parked.listed = ports::Listed{work.dossier.id, std::move(found.of_dossier), now, reason == HeldReason::doubled};
    return parked;
}

Ending delivered(const DeliveryWork& work, Instant now) {
    Ending done{mark(work, DeliveryState::delivered, now, {}), {}};
    done.mark.outcome_unknown = false;
    done.mark.sent_digest = work.delivery.sent_digest;
    return done;
}

Ending unreadable(const DeliveryWork& work, const ports::error_code& why, Instant now) {
    if (work.subject.is_erased())
        return park(work, HeldReason::own_trouble, now, "交易主体的身份信息已应要求删除，不能再推送");
    return park(work, HeldReason::own_trouble, now, "交易主体资料无法解封：" + why.message());
}

bool is_service(const DeliveryWork& work) {
    return work.delivery.kind == DeliveryKind::service;
}

}  // namespace

DeliveryStep DeliveryPlan::first(const Errand& errand, Instant now) const {
    auto step = unasked(errand, now);
    if (std::holds_alternative<Ending>(step) || !(errand.probes || errand.work.must_ask())) return step;
    auto subject = record::opened_subject(keys_.vault, errand.work.subject, errand.work.evaluation);
    if (!subject) return unreadable(errand.work, subject.error(), now);
    return ports::ProvinceMessage{ports::ServiceQuery{*std::move(subject)}};
}

DeliveryStep DeliveryPlan::unasked(const Errand& errand, Instant now) const {
    const auto& work = errand.work;
    auto subject = record::opened_subject(keys_.vault, work.subject, work.evaluation);
    const bool may_have_left =
        is_service(work) ? work.delivery.may_have_left() : work.delivery.outcome_unknown || work.delivery.attempts > 1;
    // What was held for secrecy and is released may have another reason to stay.
    const Leaving message{
        work.delivery.kind, work.evaluation,
        work.case_row,      work.rating ? &*work.rating : nullptr,
        may_have_left,      subject ? std::string_view{subject->certificate_kind} : std::string_view{}};
    if (const auto reason = held_because(message, rules_, terms_); reason != HeldReason::none)
        return hold(work, reason, now);
    // A person has said which of the listed ones it is.
    if (is_service(work) && work.evaluation.service_number != 0) return delivered(work, now);
    if (work.dossier.doubled && work.evaluation.service_number == 0) return hold(work, HeldReason::doubled, now);
    if (!subject) return unreadable(work, subject.error(), now);
    return is_service(work) ? service(work, *std::move(subject), now) : rating(work, subject->name, now);
}

DeliveryStep DeliveryPlan::service(const DeliveryWork& work, SubjectFacts subject, Instant now) const {
    const auto& item = *rules_.item(work.case_row.item_code);  // there, or it would be held
    const auto& node = *rules_.node(work.case_row.node);
    // What may have arrived keeps its name, whatever the step is called since.
    const auto& name = work.delivery.may_have_left() ? work.evaluation.service_name : node.service_name;

    ports::ServiceMessage message;
    message.project_no = work.dossier.project_no;
    message.project_name = work.case_row.project_name;
    message.item = {item.area_code, item.department_code, item.department_name, item.task_code, item.task_handle_item,
                    item.name,      item.task_type,       item.project_type,    name,           node.project_status};
    message.mode = work.case_row.mode;
    message.subject = std::move(subject);
    const auto staff = handlers_of(keys_.sealer, work.case_row);
    if (!staff) return park(work, HeldReason::own_trouble, now, "经办人资料无法解封：" + staff.error().message());
    if (!staff->empty()) message.handler_name = staff->front().name;
    message.accepted_at = work.case_row.accepted_at;
    message.completed_at = work.case_row.completed_at;
    message.service_time = work.case_row.completed_at;
    return ports::ProvinceMessage{std::move(message)};
}

DeliveryStep DeliveryPlan::rating(const DeliveryWork& work, std::string subject_name, Instant now) const {
    if (!work.rating) return park(work, HeldReason::own_trouble, now, "缺少对应的评价记录");
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
        if (!text) return park(work, HeldReason::own_trouble, now, "评价文字无法解封：" + text.error().message());
        message.text = std::string{ports::as_text(View{*text})};
    }
    message.rated_at = work.rating->received_at;
    message.service_time = work.case_row.completed_at;
    return ports::ProvinceMessage{std::move(message)};
}

Ending DeliveryPlan::refused(const Errand& errand, const ports::WireRecord& record, Instant now) const {
    return park(errand.work, HeldReason::refused, now, joined(record.faults, "；"));
}

Ending DeliveryPlan::changed(const Errand& errand, Instant now) const {
    return park(errand.work, HeldReason::changed, now,
                "首次发送后事项、环节或省档案有改动，不能原样重发；请改回后用 hcpctl deliveries retry 重新核对");
}

Ending DeliveryPlan::later(const Errand& errand, Instant now) const {
    return {mark(errand.work, DeliveryState::queued, now, errand.work.delivery.last_reason), {}};
}

Ending DeliveryPlan::again(const Errand& errand, const Exchange& exchange, Instant now, const Retry& retry) const {
    const auto& delivery = errand.work.delivery;
    Ending later{mark(errand.work, DeliveryState::queued, now, exchange.reason), {}};
    if (exchange.verdict == Verdict::stop_channel && retry.is_alone)
        return park(errand.work, HeldReason::own_trouble, now, exchange.reason);
    // Time in which the province was not reached at all, or the plugin did not run, is not held against a delivery: it
    // has had its chances first.
    const bool tried = delivery.attempts >= retry.backoff.fast_attempts;
    if (retry.may_park && tried && now >= delivery.give_up_at)
        return park(errand.work, HeldReason::expired, now,
                    std::string{text_of(HeldReason::expired)} + "：" + exchange.reason);
    auto at_least = exchange.retry_after.value_or(std::chrono::milliseconds{0});
    if (exchange.verdict == Verdict::too_early)
        at_least = std::max<std::chrono::milliseconds>(at_least, until_it_is_past);
    later.mark.next_at = now + retry.backoff.delay(delivery.attempts, retry.jitter, at_least);
    return later;
}

DeliveryStep DeliveryPlan::next(Errand& errand, const ports::ProvinceMessage& said, const Exchange& exchange,
                                Instant now, const Retry& retry) const {
    if (std::holds_alternative<ports::ServiceQuery>(said)) return after_query(errand, exchange, now, retry);
    return is_service(errand.work) ? after_service(errand, exchange, now, retry)
                                   : after_rating(errand, exchange, now, retry);
}

DeliveryStep DeliveryPlan::after_service(Errand& errand, const Exchange& exchange, Instant now,
                                         const Retry& retry) const {
    auto& work = errand.work;
    auto& delivery = work.delivery;
    const auto nobody_knows = [&] {
        delivery.outcome_unknown = true;
        delivery.known = {now, exchange.denied, std::nullopt};
    };
    switch (exchange.verdict) {
        case Verdict::delivered: {
            if (!exchange.duplicate) return delivered(work, now);
            // Which of those of its name it has, its list must say. Where two lists have said that it has none, a
            // person must look.
            if (delivery.outcome_unknown && delivery.known.absent_at)
                return park(work, HeldReason::unclear, now, "省平台称已有此服务，其清单中却没有");
            nobody_knows();
            auto claimed = exchange;
            claimed.reason = "省平台称已有此服务，以其清单为准";
            return again(errand, claimed, now, retry);
        }
        case Verdict::refused:
            delivery.outcome_unknown = false;
            return park(work, HeldReason::refused, now, exchange.reason);
        case Verdict::ask_first:
            nobody_knows();
            break;
        case Verdict::again:
        case Verdict::stop_channel:
        case Verdict::too_early:
            break;
    }
    return again(errand, exchange, now, retry);
}

DeliveryStep DeliveryPlan::after_rating(Errand& errand, const Exchange& exchange, Instant now,
                                        const Retry& retry) const {
    auto& work = errand.work;
    switch (exchange.verdict) {
        case Verdict::delivered:
            break;
        case Verdict::refused:
            return park(work, HeldReason::refused, now, exchange.reason);
        case Verdict::ask_first:
            work.delivery.outcome_unknown = true;
            return again(errand, exchange, now, retry);
        case Verdict::again:
        case Verdict::stop_channel:
        case Verdict::too_early:
            return again(errand, exchange, now, retry);
    }
    if (!exchange.duplicate) return delivered(work, now);
    if (work.replaces_sent)
        return park(work, HeldReason::difference, now, "省平台已有此前送出的系统默认评价，不接受本人评价");
    auto subject = record::opened_subject(keys_.vault, work.subject, work.evaluation);
    if (!subject) return unreadable(work, subject.error(), now);
    errand.is_duplicate = true;
    return ports::ProvinceMessage{ports::ServiceQuery{*std::move(subject)}};
}

DeliveryStep DeliveryPlan::after_query(Errand& errand, const Exchange& exchange, Instant now,
                                       const Retry& retry) const {
    auto& work = errand.work;
    if (exchange.verdict == Verdict::refused) return park(work, HeldReason::refused, now, exchange.reason);
    if (exchange.verdict != Verdict::delivered) {
        auto later = again(errand, exchange, now, retry);
        if (is_service(work) && work.must_ask()) {
            const auto resolved = resolve(work.delivery.known, Listing::unanswered, errand.asked_at, terms_.settle);
            if (resolved.ask_from > now) later.mark.next_at = std::min(later.mark.next_at, resolved.ask_from);
        }
        return later;
    }
    if (errand.is_duplicate) return compared(errand, exchange, now, retry);
    if (!work.must_ask()) {  // it was a probe
        errand.probes = false;
        return first(errand, now);
    }
    if (is_service(work)) return settled(errand, exchange, now, retry);
    if (auto step = by_list(errand, exchange.services, now)) return *std::move(step);
    auto missing = exchange;
    missing.reason = "省平台的服务清单中没有对应服务，稍后再查";
    return again(errand, missing, now, retry);
}

std::optional<DeliveryStep> DeliveryPlan::by_list(Errand& errand, std::span<const ports::KnownService> listed,
                                                  Instant now) const {
    auto found = find_service(errand.work, listed, terms_.identified_by);
    switch (found.listing) {
        case Listing::present:
            errand.work.evaluation.service_number = found.number;
            errand.probes = false;
            return first(errand, now);
        case Listing::doubled:
            return park_with_list(errand.work, HeldReason::doubled, now, std::move(found));
        case Listing::unclear:
            return park_with_list(errand.work, HeldReason::unclear, now, std::move(found));
        case Listing::unanswered:
        case Listing::absent:
            break;
    }
    return std::nullopt;
}

DeliveryStep DeliveryPlan::settled(Errand& errand, const Exchange& exchange, Instant now, const Retry& retry) const {
    auto& work = errand.work;
    auto found = find_service(work, exchange.services, terms_.identified_by);
    const auto resolved = resolve(work.delivery.known, found.listing, errand.asked_at, terms_.settle);
    work.delivery.known = resolved.known;
    const auto wait = [&](std::string why) {
        auto absent = exchange;
        absent.reason = std::move(why);
        auto later = again(errand, absent, now, retry);
        if (later.mark.state == DeliveryState::queued && resolved.ask_from > now)
            later.mark.next_at = std::min(std::max(later.mark.next_at, now), resolved.ask_from);
        return later;
    };
    switch (resolved.what) {
        case Resolution::arrived: {
            auto done = delivered(work, now);
            done.mark.service_number = found.number;
            return done;
        }
        case Resolution::doubled:
            return park_with_list(work, HeldReason::doubled, now, std::move(found));
        case Resolution::unclear:
            return park_with_list(work, HeldReason::unclear, now, std::move(found));
        case Resolution::asks_again:
            return wait(resolved.known.absent_at ? "省平台的服务清单中尚无此服务，再次确认后重发"
                                                 : "结果不明，省平台的服务清单中尚无此服务，等待其入库");
        case Resolution::may_repeat:
            break;
    }
    if (!retry.may_repeat) return wait("系统时钟未经确认，暂不重发办件");
    auto subject = record::opened_subject(keys_.vault, work.subject, work.evaluation);
    if (!subject) return unreadable(work, subject.error(), now);
    return service(work, *std::move(subject), now);
}

// A duplicate is a success where it is ours: nobody else may have rated this service, and nothing else.
DeliveryStep DeliveryPlan::compared(const Errand& errand, const Exchange& exchange, Instant now,
                                    const Retry& retry) const {
    const auto& work = errand.work;
    const auto& all = exchange.services;
    const auto listed = std::find_if(all.begin(), all.end(), [&](const ports::KnownService& one) {
        return one.project_no == work.dossier.project_no && one.number == work.evaluation.service_number;
    });
    const bool tells_level = listed != all.end() && listed->level.has_value();
    const bool may_be_ours = work.delivery.outcome_unknown;
    if (tells_level ? *listed->level == work.rating->level : may_be_ours) return delivered(work, now);
    if (!tells_level && listed != all.end() && !listed->rated) {
        auto contradiction = exchange;
        contradiction.reason = "省平台称评价重复，其清单中却没有评价，稍后再送";
        return again(errand, contradiction, now, retry);
    }
    std::vector<ports::KnownService> of_dossier;
    for (const auto& one : all)
        if (one.project_no == work.dossier.project_no) of_dossier.push_back(one);
    auto parked = park(work, HeldReason::difference, now,
                       tells_level ? "省平台已有不同的评价：" + std::string{text_of(*listed->level)}
                                   : "省平台称已有评价，而本中心从未送出");
    parked.listed = ports::Listed{work.dossier.id, std::move(of_dossier), now, false};
    return parked;
}

}  // namespace hcp::app
