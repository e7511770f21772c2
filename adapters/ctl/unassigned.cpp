#include "adapters/ctl/commands.hpp"
#include "adapters/ctl/print.hpp"
#include "adapters/ctl/reply.hpp"
#include "plugin/app/catalogue/attribute_case.hpp"
#include "plugin/domain/text.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <utility>

namespace hcp::ctl {
namespace {

using namespace domain;
using ports::AttributionRow, ports::CaseRow;

template <class Id>
std::string id_text(Id id) {
    return std::to_string(id.value());
}

// What stands in the way, by code and in words.
using Lack = std::pair<std::string_view, std::string>;
std::vector<Lack> lacks_of(const CaseRow& row, bool has_departments) {
    std::vector<Lack> all;
    if (row.unclassified && !is_known(row.line))
        all.emplace_back("line", "业务类别 " + std::to_string(static_cast<std::int32_t>(row.line)) + " 不在代码表");
    else if (row.unclassified && row.item_code.empty())
        all.emplace_back("item", "环节没有对应的事项");
    else if (row.unclassified)
        all.emplace_back("item", "事项不在目录");
    if (!row.unattributed) return all;
    if (row.department_id.empty()) all.emplace_back("department", "没有部门");
    if (row.sealed_handlers.empty()) all.emplace_back("handlers", "没有经办人");
    if (!row.department_id.empty() && !row.sealed_handlers.empty() && has_departments)
        all.emplace_back("department", "部门不在目录");
    return all;
}

std::string words_of(const std::vector<Lack>& lacks) {
    std::vector<std::string> words;
    words.reserve(lacks.size());
    for (const auto& [code, word] : lacks) words.push_back(word);
    return joined(words, "；");
}

boost::json::object json_of(const CaseRow& row, const std::vector<Lack>& lacks) {
    boost::json::array codes;
    for (const auto& [code, word] : lacks) codes.emplace_back(code);
    return {{"case_id", id_text(row.id)},
            {"host_id", row.host_id},
            {"case_no", row.case_no},
            {"completion_no", row.completion_no},
            {"line", static_cast<std::int32_t>(row.line)},
            {"node", row.node},
            {"item_code", row.item_code},
            {"department_id", row.department_id},
            {"department_name", row.department_name},
            {"lacks", std::move(codes)},
            {"completed_at_us", to_us(row.completed_at)}};
}

boost::json::object json_of(const AttributionRow& row) {
    return {{"attribution_id", id_text(row.id)},
            {"case_id", id_text(row.case_id)},
            {"item_code", row.item_code},
            {"department_id", row.department_id},
            {"handlers", boost::json::array(row.handlers.begin(), row.handlers.end())},
            {"proposed_by", row.proposed_by},
            {"proposed_at_us", to_us(row.proposed_at)}};
}

Exit tell(const app::Attributed& done, Streams streams) {
    if (!done.in_effect) {
        streams.out << "办件已有评价，更改编号 " << id_text(done.id)
                    << " 待复签人用 hcpctl catalogue unassigned sign 复签后生效。\n";
        return fine;
    }
    streams.out << "归属已更改，统计随之更正。\n";
    if (done.released > 0) streams.out << "恢复推送 " << done.released << " 条。\n";
    if (done.told > 0)
        streams.out << "省平台已收到这一办件的 " << done.told
                    << " 条服务，仍是原来的事项和部门：省平台没有更正接口，需要更正的请与省平台联系。\n";
    return fine;
}

}  // namespace

Exit list_unassigned(Outside& outside, CaseId after, std::size_t limit, bool json, Streams streams) {
    std::vector<CaseRow> cases;
    std::vector<AttributionRow> waiting;
    bool has_departments = false;
    const auto read = outside.store().read([&](ports::Snapshot& rows) -> ports::result<void> {
        HCP_TRY(cases, rows.cases().unassigned_after(after, limit));
        HCP_TRY(waiting, rows.attributions().waiting());
        HCP_TRY(const auto departments, rows.departments().standing());
        has_departments = std::ranges::any_of(
            departments, [](const auto& row) { return row.edition.state == EditionState::active; });
        return {};
    });
    if (!read) throw refused_by_database(read.error());
    if (json) {
        boost::json::array unassigned, proposed;
        for (const auto& row : cases) unassigned.push_back(json_of(row, lacks_of(row, has_departments)));
        for (const auto& row : waiting) proposed.push_back(json_of(row));
        print_json(streams.out,
                   boost::json::object{{"unassigned", std::move(unassigned)}, {"to_be_signed", std::move(proposed)}});
        return fine;
    }
    if (cases.empty())
        streams.out << "没有未归类或待归属的办件。\n";
    else {
        Table table{{"编号", "缺什么", "主机", "办件编号", "办结编号", "环节", "事项", "部门", "办结"}};
        for (const auto& row : cases)
            table.add({id_text(row.id), words_of(lacks_of(row, has_departments)), row.host_id, row.case_no,
                       row.completion_no, row.node, or_dash(row.item_code), or_dash(row.department_id),
                       text_of(row.completed_at)});
        streams.out << table << page_end(cases.size(), limit, id_text(cases.back().id));
    }
    if (waiting.empty()) return fine;
    streams.out << "待复签的归属更改：\n";
    Table table{{"更改编号", "办件", "事项", "部门", "经办人", "提出人", "提出"}};
    for (const auto& row : waiting)
        table.add({id_text(row.id), id_text(row.case_id), or_dash(row.item_code), or_dash(row.department_id),
                   or_dash(joined(row.handlers, "、")), row.proposed_by, text_of(row.proposed_at)});
    streams.out << table;
    return fine;
}

Exit assign_case(Outside& outside, const std::string& actor, const app::AttributionRequest& request,
                 Streams streams) {
    return tell(done_or_refuse(app::attribute_case(outside.catalogue(), actor, request)), streams);
}

Exit sign_assignment(Outside& outside, const std::string& actor, AttributionId id, Streams streams) {
    return tell(done_or_refuse(app::sign_attribution(outside.catalogue(), actor, id)), streams);
}

}  // namespace hcp::ctl
