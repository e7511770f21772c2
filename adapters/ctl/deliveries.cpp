#include "adapters/ctl/commands.hpp"
#include "adapters/ctl/print.hpp"

#include <boost/json.hpp>

namespace hcp::ctl {
namespace {

using namespace domain;
using ports::DeliverySummary;

std::string_view code_of(DeliveryState state) {
    switch (state) {
        case DeliveryState::queued:
            return "queued";
        case DeliveryState::claimed:
            return "claimed";
        case DeliveryState::delivered:
            return "delivered";
        case DeliveryState::held:
            return "held";
        case DeliveryState::parked:
            return "parked";
    }
    return "";
}

std::string_view code_of(DeliveryKind kind) {
    switch (kind) {
        case DeliveryKind::service:
            return "service";
        case DeliveryKind::rating:
            return "rating";
        case DeliveryKind::withdrawal:
            return "withdrawal";
    }
    return "";
}

std::string id_text(DeliveryId id) {
    return std::to_string(id.value());
}

std::string reason_of(const ports::DeliveryRow& delivery) {
    if (delivery.state == DeliveryState::held) return std::string{text_of(delivery.held_reason)};
    return delivery.state == DeliveryState::delivered ? std::string{} : delivery.last_reason;
}

// A default is never told as somebody's rating (M7.3).
std::string kind_text(const DeliverySummary& summary) {
    std::string text{text_of(summary.delivery.kind)};
    if (summary.origin) text += "（" + std::string{text_of(*summary.origin, summary.unsubmitted)} + "）";
    return text;
}

// Only what is in the queue has a next try; while it waits for another delivery, that is what it waits for.
std::string next_try(const ports::DeliveryRow& delivery) {
    if (delivery.state != DeliveryState::queued && delivery.state != DeliveryState::claimed) return "—";
    if (delivery.waits_for != DeliveryId{}) return "等待 " + id_text(delivery.waits_for);
    return text_of(delivery.next_at);
}

std::string number_text(std::int32_t number) {
    return number == 0 ? "—" : std::to_string(number);
}

boost::json::value id_json(DeliveryId id) {
    if (id == DeliveryId{}) return nullptr;
    return boost::json::value_from(id_text(id));
}

boost::json::object json_of(const DeliverySummary& summary) {
    const auto& d = summary.delivery;
    boost::json::object object{
        {"id", id_text(d.id)},
        {"kind", code_of(d.kind)},
        {"origin", summary.origin ? boost::json::value(*summary.origin == Origin::by_default ? "default" : "authored")
                                  : boost::json::value{}},
        {"unsubmitted", summary.unsubmitted},
        {"revision", d.revision},
        {"state", code_of(d.state)},
        {"reason", reason_of(d)},
        {"attempts", d.attempts},
        {"outcome_unknown", d.outcome_unknown},
        {"waits_for", id_json(d.waits_for)},
        {"created_at_us", to_us(d.created_at)},
        {"next_at_us", to_us(d.next_at)},
        {"give_up_at_us", to_us(d.give_up_at)},
        {"held_since_us", ctl::json_of(d.held_since)},
        {"delivered_at_us", ctl::json_of(d.delivered_at)},
        {"case_no", summary.case_no},
        {"completion_no", summary.completion_no},
        {"node", summary.node},
        {"project_no", summary.project_no},
    };
    object["service_number"] =
        summary.service_number == 0 ? boost::json::value{} : boost::json::value{summary.service_number};
    return object;
}

[[noreturn]] void no_such(DeliveryId id) {
    throw Refusal{finding, "没有编号为 " + id_text(id) + " 的推送；用 hcpctl deliveries list 查看编号"};
}

DeliverySummary find(Outside& outside, DeliveryId id) {
    auto found = ports::ask(outside.store(), [&](ports::Snapshot& rows) { return rows.deliveries().find(id); });
    if (!found) throw refused_by_database(found.error());
    if (!*found) no_such(id);
    return **std::move(found);
}

// Why a person may not put it back; empty when they may. Whether it then leaves is judged anew (held_because).
std::string hindrance(const ports::DeliveryRow& delivery, const record::BridgeTerms& terms) {
    switch (delivery.state) {
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
    switch (delivery.held_reason) {
        case HeldReason::unclassified:
        case HeldReason::channel_stopped:
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
        case HeldReason::secrecy:
        case HeldReason::none:
            break;
    }
    return "这一暂缓不能由人解除";
}

}  // namespace

Exit list_deliveries(Outside& outside, const ListDeliveries& request, Streams streams) {
    const auto listed = ports::ask(outside.store(), [&](ports::Snapshot& rows) {
        return rows.deliveries().list({request.state, request.min_attempts, request.after, request.limit});
    });
    if (!listed) throw refused_by_database(listed.error());
    const auto& found = *listed;
    if (request.json) {
        boost::json::array list;
        for (const auto& summary : found) list.push_back(json_of(summary));
        print_json(streams.out, list);
        return fine;
    }
    Table table{{"编号", "种类", "状态", "原因", "次数", "下次推送", "办件编号", "环节", "省项目编号", "服务序号"}};
    for (const auto& s : found)
        table.add({id_text(s.delivery.id), kind_text(s), std::string{text_of(s.delivery.state)},
                   or_dash(reason_of(s.delivery)), std::to_string(s.delivery.attempts), next_try(s.delivery), s.case_no,
                   or_dash(s.node), s.project_no, number_text(s.service_number)});
    if (found.empty())
        streams.out << "没有符合条件的推送。\n";
    else
        streams.out << table << page_end(found.size(), request.limit, id_text(found.back().delivery.id));
    return fine;
}

Exit show_delivery(Outside& outside, DeliveryId id, bool json, Streams streams) {
    const auto summary = find(outside, id);
    if (json) {
        print_json(streams.out, json_of(summary));
        return fine;
    }
    const auto& d = summary.delivery;
    Sheet sheet;
    sheet.add("编号", id_text(d.id));
    sheet.add("种类", kind_text(summary) + (d.revision > 1 ? "（第 " + std::to_string(d.revision) + " 次修订）" : ""));
    sheet.add("状态", std::string{text_of(d.state)});
    sheet.add("原因", or_dash(reason_of(d)));
    sheet.add("次数", std::to_string(d.attempts));
    sheet.add("上次结果不明", yes_no(d.outcome_unknown));
    sheet.add("下次推送", next_try(d));
    sheet.add("建立", text_of(d.created_at));
    sheet.add("放弃期限", text_of(d.give_up_at));
    sheet.add("暂缓自", text_of(d.held_since));
    sheet.add("送达", text_of(d.delivered_at));
    sheet.add("办件编号", summary.case_no);
    sheet.add("办结编号", summary.completion_no);
    sheet.add("环节", or_dash(summary.node));
    sheet.add("省项目编号", summary.project_no);
    sheet.add("服务序号", number_text(summary.service_number));
    streams.out << sheet;
    return fine;
}

Exit retry_delivery(Outside& outside, DeliveryId id, Streams streams) {
    const auto bridge = outside.bridge();
    const auto terms = bridge.value_or(record::BridgeTerms{});
    const auto now = outside.now();
    std::string why;
    bool known = false;
    const auto done = outside.store().write([&](ports::Transaction& tx) -> ports::result<void> {
        HCP_TRY(const auto summary, tx.deliveries().find(id));
        known = summary.has_value();
        if (!known) return {};
        why = hindrance(summary->delivery, terms);
        if (!why.empty()) return {};
        HCP_TRY(const auto moved, tx.deliveries().requeue(id, now, now + terms.give_up_after));
        if (moved != 1) return ports::store_errc::conflict;
        return {};
    });
    if (!done) throw refused_by_database(done.error());
    if (!known) no_such(id);
    if (!why.empty()) throw Refusal{finding, "推送 " + id_text(id) + " 不能重新推送：" + why};
    streams.out << "推送 " << id_text(id) << " 已放回待推送队列，" << text_of(now + terms.give_up_after)
                << " 前持续重试。\n";
    if (!bridge) streams.out << "注意：[province] enabled = off，打开后才会推送。\n";
    return fine;
}

}  // namespace hcp::ctl
