#include "plugin/app/province/change_deliveries.hpp"

#include "plugin/ports/store/errors.hpp"
#include "plugin/record/sealed_facts.hpp"

#include <utility>

namespace hcp::app {

using namespace domain;
using ports::DeliverySummary;

namespace {

std::string why_not_retried(const ports::DeliveryRow& d, const record::BridgeTerms& terms) {
    switch (d.state) {
        case DeliveryState::parked:
            return {};
        case DeliveryState::queued:
            return "已在待推送队列中";
        case DeliveryState::claimed:
            return "正在推送";
        case DeliveryState::delivered:
            return "已经送达";
        case DeliveryState::held:
            break;
    }
    switch (d.held_reason) {
        case HeldReason::unclassified:
        case HeldReason::channel_stopped:
        case HeldReason::doubled:
            return {};
        case HeldReason::unmarked_default:
            return terms.marks_defaults ? "" : "省档案没有系统默认的标识，系统默认不得冒充本人评价（第7条）";
        case HeldReason::expert:
            return terms.allow_experts ? "" : "省档案不允许外送评标专家身份";
        case HeldReason::no_message:
            return "省平台没有这类消息";
        case HeldReason::superseded:
            return "本人评价已取代这一系统默认";
        case HeldReason::withdrawn:
            return "办件在推送之前已撤回";
        case HeldReason::by_operator:
            return "由人工暂缓：解除暂缓即可";
        default:
            break;
    }
    return "这一暂缓不能由人解除";
}

std::string why_not_held(const ports::DeliveryRow& d) {
    switch (d.state) {
        case DeliveryState::queued:
        case DeliveryState::parked:
            return {};
        case DeliveryState::claimed:
            return "正在推送，稍后再试";
        case DeliveryState::held:
            return "已经暂缓";
        case DeliveryState::delivered:
            break;
    }
    return "已经送达";
}

}  // namespace

Action action_of(DeliveryChange change) noexcept {
    return change == DeliveryChange::retry ? Action::retry_delivery : Action::hold_delivery;
}

ports::result<std::string> why_not_his(ports::Transaction& tx, const record::Keys& keys, const Viewer& viewer,
                                       Action action, CaseId id) {
    HCP_TRY(const auto row, tx.cases().find(id));
    if (!row) return ports::store_errc::corrupt;
    HCP_TRY(const auto handlers, record::handler_ids_of(keys.sealer, *row));
    const Matter matter{.department_id = row->department_id, .handlers = handlers, .secrecy = row->secrecy()};
    return may_do(viewer, action, matter) ? std::string{} : "您的岗位无权这样做，或这是您经办的办件";
}

std::string hindrance(DeliveryChange change, const ports::DeliveryRow& d, const record::BridgeTerms& terms) {
    switch (change) {
        case DeliveryChange::retry:
            return why_not_retried(d, terms);
        case DeliveryChange::hold:
            return why_not_held(d);
        case DeliveryChange::release:
            break;
    }
    const bool ours = d.state == DeliveryState::held && d.held_reason == HeldReason::by_operator;
    return ours ? "" : "不是人工暂缓的：只能解除人工暂缓";
}

ports::result<std::vector<ChangedDelivery>> change_deliveries(ports::Transaction& tx, DeliveryChange change,
                                                              std::span<const DeliverySummary> which,
                                                              const DeliveryTerms& terms) {
    std::vector<ChangedDelivery> changed;
    auto& holds = tx.deliveries().holds();
    for (const auto& one : which) {
        const auto id = one.delivery.id;
        auto why = hindrance(change, one.delivery, terms.bridge);
        if (why.empty()) {
            HCP_TRY(const auto moved, change == DeliveryChange::hold
                                          ? holds.hold(id, terms.now)
                                          : holds.requeue(id, terms.now, terms.give_up_at()));
            if (moved != 1) why = "状态刚刚变了，请再查看";
        }
        changed.push_back({id, std::move(why)});
    }
    return changed;
}

ports::result<std::vector<ChangedDelivery>> change_deliveries_as(ports::Store& store, const record::Keys& keys,
                                                                 const Viewer& viewer, DeliveryChange change,
                                                                 std::span<const DeliveryId> ids,
                                                                 const DeliveryTerms& terms) {
    std::vector<ChangedDelivery> all;
    HCP_CHECK(store.write([&](ports::Transaction& tx) -> ports::result<void> {
        all.clear();
        for (const auto id : ids) {
            HCP_TRY(const auto found, tx.deliveries().find(id));
            if (!found) {
                all.push_back({id, "没有这一编号的推送"});
                continue;
            }
            HCP_TRY(auto why, why_not_his(tx, keys, viewer, action_of(change), found->case_id));
            if (!why.empty()) {
                all.push_back({id, std::move(why)});
                continue;
            }
            HCP_TRY(auto changed, change_deliveries(tx, change, {&*found, 1}, terms));
            all.push_back(std::move(changed.front()));
        }
        return {};
    }));
    return all;
}

}  // namespace hcp::app
