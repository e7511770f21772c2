#include "adapters/ctl/commands.hpp"
#include "adapters/ctl/print.hpp"
#include "adapters/ctl/reply.hpp"
#include "plugin/app/catalogue/attribute_case.hpp"
#include "plugin/app/catalogue/list_unassigned.hpp"
#include "plugin/domain/text.hpp"
#include "plugin/record/json.hpp"

namespace hcp::ctl {
namespace {

using namespace domain;
using record::id_text;

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
    const auto listed = app::list_unassigned(outside.store(), outside.record_keys(), after, limit);
    if (!listed) throw refused_by_database(listed.error());
    if (json) {
        print_json(streams.out, app::json_of(*listed));
        return fine;
    }
    const auto& [cases, waiting] = *listed;
    if (cases.empty())
        streams.out << "没有未归类或待归属的办件。\n";
    else {
        Table table{{"编号", "缺什么", "主机", "办件编号", "办结编号", "环节", "事项", "部门", "办结"}};
        for (const auto& [row, lacks] : cases)
            table.add({id_text(row.id), app::words_of(lacks), row.host_id, row.case_no, row.completion_no, row.node,
                       or_dash(row.item_code), or_dash(row.department_id), text_of(row.completed_at)});
        streams.out << table << page_end(cases.size(), limit, id_text(cases.back().row.id));
    }
    if (waiting.empty()) return fine;
    streams.out << "待复签的归属更改：\n";
    Table table{{"更改编号", "办件编号", "事项", "部门", "经办人", "原因", "提出人", "提出"}};
    for (const auto& [row, case_row, handlers, reason] : waiting)
        table.add({id_text(row.id), case_row.case_no, or_dash(row.item_code), or_dash(row.department_id),
                   or_dash(joined(row.handlers, "、")), reason.value_or("（无法打开，请检查 old_key_files）"),
                   row.proposed_by, text_of(row.proposed_at)});
    streams.out << table;
    return fine;
}

Exit assign_case(Outside& outside, const std::string& actor, const app::AttributionRequest& request, Streams streams) {
    return tell(done_or_refuse(app::attribute_case(outside.catalogue(), actor, request)), streams);
}

Exit sign_assignment(Outside& outside, const std::string& actor, AttributionId id, Streams streams) {
    return tell(done_or_refuse(app::sign_attribution(outside.catalogue(), actor, id)), streams);
}

}  // namespace hcp::ctl
