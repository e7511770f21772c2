#include "adapters/ctl/commands.hpp"
#include "adapters/ctl/delivery_words.hpp"
#include "adapters/ctl/print.hpp"

#include <boost/json.hpp>

namespace hcp::ctl {
namespace {

using namespace domain;
using ports::DeliverySummary;

boost::json::value id_json(DeliveryId id) {
    if (id == DeliveryId{}) return nullptr;
    return boost::json::value_from(id_text(id));
}

boost::json::object json_of(const DeliverySummary& summary) {
    const auto& d = summary.delivery;
    const auto code = code_of(d.held_reason);
    boost::json::object object{
        {"id", id_text(d.id)},
        {"kind", code_of(d.kind)},
        {"origin", summary.origin ? boost::json::value(*summary.origin == Origin::by_default ? "default" : "authored")
                                  : boost::json::value{}},
        {"unsubmitted", summary.unsubmitted},
        {"revision", d.revision},
        {"state", code_of(d.state)},
        {"reason", reason_of(d)},
        {"reason_code", code.empty() ? boost::json::value{} : boost::json::value(code)},
        {"attempts", d.attempts},
        {"outcome_unknown", d.outcome_unknown},
        {"left_by_us", ctl::json_of(d.known.left_by)},
        {"absent_at_us", ctl::json_of(d.known.absent_at)},
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

boost::json::object json_of(const ports::DossierListing& listing) {
    boost::json::array sent, listed;
    for (const auto& one : listing.sent)
        if (!one.pending)
            sent.push_back(
                {{"ordinal", one.ordinal},
                 {"service_name", one.name},
                 {"service_time", one.time},
                 {"service_number", one.number == 0 ? boost::json::value{} : boost::json::value(one.number)}});
    for (const auto& one : listing.listed)
        listed.push_back({{"service_number", one.number},
                          {"service_name", one.service_name},
                          {"service_time", one.service_time},
                          {"level", one.level ? boost::json::value(static_cast<int>(*one.level)) : nullptr}});
    return {
        {"sent", std::move(sent)}, {"listed", std::move(listed)}, {"listed_at_us", ctl::json_of(listing.listed_at)}};
}

void print_lists(std::ostream& out, const DeliverySummary& summary, const ports::DossierListing& listing) {
    out << "\n本中心已发送的服务（" << summary.project_no << "）：\n";
    Table ours{{"次序", "服务名称", "服务时间", "已认定编号", ""}};
    for (const auto& one : listing.sent)
        if (!one.pending)
            ours.add({std::to_string(one.ordinal), or_dash(one.name), or_dash(one.time), number_text(one.number),
                      one.evaluation_id == summary.delivery.evaluation_id ? "本条" : ""});
    out << ours << "\n省平台的清单（" << text_of(listing.listed_at) << " 查得）：\n";
    Table theirs{{"编号", "服务名称", "服务时间", "满意度", ""}};
    for (const auto& one : listing.listed) {
        const bool surplus = std::ranges::find(listing.surplus, one.number) != listing.surplus.end();
        theirs.add({std::to_string(one.number), or_dash(one.service_name), or_dash(one.service_time),
                    one.level ? std::string{text_of(*one.level)} : "—", surplus ? "已认定为多余" : ""});
    }
    out << theirs;
}

}  // namespace

Exit list_deliveries(Outside& outside, const ports::DeliveryFilter& filter, bool json, Streams streams) {
    const auto listed =
        ports::ask(outside.store(), [&](ports::Snapshot& rows) { return rows.deliveries().list(filter); });
    if (!listed) throw refused_by_database(listed.error());
    const auto& found = *listed;
    if (json) {
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
        streams.out << table << page_end(found.size(), filter.limit, id_text(found.back().delivery.id));
    return fine;
}

Exit show_delivery(Outside& outside, DeliveryId id, bool json, Streams streams) {
    std::optional<DeliverySummary> found;
    ports::DossierListing listing;
    const auto read = outside.store().read([&](ports::Snapshot& rows) -> ports::result<void> {
        HCP_TRY(found, rows.deliveries().find(id));
        if (!found) return {};
        HCP_TRY(listing, rows.dossiers().listing(found->delivery.dossier_id));
        return {};
    });
    if (!read) throw refused_by_database(read.error());
    if (!found) throw no_such_delivery(id);
    const auto& summary = *found;
    const auto& d = summary.delivery;
    if (json) {
        auto object = json_of(summary);
        object["dossier"] = json_of(listing);
        print_json(streams.out, object);
        return fine;
    }
    const auto story = story_of(d, outside.bridge().value_or(record::BridgeTerms{}).settle);
    Sheet sheet;
    sheet.add("编号", id_text(d.id));
    sheet.add("种类", kind_text(summary) + (d.revision > 1 ? "（第 " + std::to_string(d.revision) + " 次修订）" : ""));
    sheet.add("状态", std::string{text_of(d.state)});
    sheet.add("原因", or_dash(reason_of(d)));
    sheet.add("经过", or_dash(story.happened));
    sheet.add("已知", or_dash(story.known));
    sheet.add("接下来", or_dash(story.next));
    sheet.add("次数", std::to_string(d.attempts));
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
    const bool looked_at = d.held_reason == HeldReason::doubled || d.held_reason == HeldReason::unclear ||
                           d.held_reason == HeldReason::difference;
    if (looked_at && listing.listed_at) print_lists(streams.out, summary, listing);
    return fine;
}

}  // namespace hcp::ctl
