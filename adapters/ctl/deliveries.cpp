#include "adapters/ctl/commands.hpp"
#include "adapters/ctl/print.hpp"
#include "plugin/app/province/adopt_service.hpp"
#include "plugin/app/province/change_deliveries.hpp"
#include "plugin/app/province/delivery_words.hpp"
#include "plugin/app/province/list_deliveries.hpp"
#include "plugin/domain/text.hpp"
#include "plugin/record/json.hpp"

#include <boost/json.hpp>

namespace hcp::ctl {
namespace {

using namespace domain;
using app::kind_text, app::next_try, app::number_text, app::reason_of;
using ports::DeliverySummary;
using record::id_text;

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

// What a person may do to it, as it is typed.
std::string commands_for(const ports::DeliveryRow& d, const record::BridgeTerms& terms) {
    using app::DeliveryChange;
    std::vector<std::string> all;
    for (const auto& [change, verb] :
         {std::pair{DeliveryChange::retry, "retry"}, std::pair{DeliveryChange::hold, "hold"},
          std::pair{DeliveryChange::release, "release"}})
        if (app::hindrance(change, d, terms).empty())
            all.push_back(std::string{"hcpctl deliveries "} + verb + " " + id_text(d.id));
    if (app::waits_for_adoption(d)) all.emplace_back("hcpctl deliveries adopt 办件编号 服务编号");
    return domain::joined(all, "；");
}

}  // namespace

Exit list_deliveries(Outside& outside, const ports::DeliveryFilter& filter, bool json, Streams streams) {
    const auto listed =
        ports::ask(outside.store(), [&](ports::Snapshot& rows) { return rows.deliveries().list(filter); });
    if (!listed) throw refused_by_database(listed.error());
    const auto& found = *listed;
    if (json) {
        boost::json::array list;
        for (const auto& summary : found) list.push_back(app::json_of(summary));
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
    const auto found = app::find_delivery(outside.store(), id);
    if (!found) throw refused_by_database(found.error());
    if (!*found) throw no_such_delivery(id);
    const auto& [summary, listing] = **found;
    const auto& d = summary.delivery;
    if (json) {
        auto object = app::json_of(summary);
        object["dossier"] = app::json_of(listing);
        print_json(streams.out, object);
        return fine;
    }
    const auto story = app::story_of(d, outside.bridge().value_or(record::BridgeTerms{}).settle);
    Sheet sheet;
    sheet.add("编号", id_text(d.id));
    sheet.add("种类", kind_text(summary) + (d.revision > 1 ? "（第 " + std::to_string(d.revision) + " 次修订）" : ""));
    sheet.add("状态", std::string{text_of(d.state)});
    sheet.add("原因", or_dash(reason_of(d)));
    sheet.add("经过", or_dash(story.happened));
    sheet.add("已知", or_dash(story.known));
    sheet.add("接下来", or_dash(story.next));
    sheet.add("可用命令", or_dash(commands_for(d, outside.bridge().value_or(record::BridgeTerms{}))));
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
