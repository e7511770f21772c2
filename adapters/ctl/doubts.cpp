#include "adapters/ctl/commands.hpp"
#include "adapters/ctl/print.hpp"
#include "plugin/domain/text.hpp"

#include <boost/json.hpp>

namespace hcp::ctl {
namespace {

using namespace domain;
using ports::DoubtSummary;

std::string id_text(EvaluationId id) {
    return std::to_string(id.value());
}

std::string words_of(const DoubtSummary& one) {
    std::vector<std::string> words;
    if (one.doubt.number_wrong) words.emplace_back("证件号码的形式或校验位不符");
    if (one.doubt.kind_unknown) words.emplace_back("证件类型不在代码表");
    if (one.doubt.line_unknown)
        words.push_back("业务类别 " + std::to_string(static_cast<std::int32_t>(one.line)) + " 不在代码表");
    return joined(words, "；");
}

boost::json::object json_of(const DoubtSummary& one) {
    return {{"evaluation_id", id_text(one.doubt.evaluation_id)},
            {"host_id", one.host_id},
            {"case_no", one.case_no},
            {"completion_no", one.completion_no},
            {"node", one.node},
            {"department_name", one.department_name},
            {"line", static_cast<std::int32_t>(one.line)},
            {"number_wrong", one.doubt.number_wrong},
            {"kind_unknown", one.doubt.kind_unknown},
            {"line_unknown", one.doubt.line_unknown},
            {"opened_at_us", to_us(one.opened_at)}};
}

}  // namespace

Exit list_doubts(Outside& outside, EvaluationId after, std::size_t limit, bool json, Streams streams) {
    const auto found =
        ports::ask(outside.store(), [&](ports::Snapshot& rows) { return rows.doubts().list(after, limit); });
    if (!found) throw refused_by_database(found.error());
    if (json) {
        boost::json::array list;
        for (const auto& one : *found) list.push_back(json_of(one));
        print_json(streams.out, list);
        return fine;
    }
    if (found->empty()) {
        streams.out << "没有存疑的内容。\n";
        return fine;
    }
    Table table{{"评价编号", "疑问", "主机", "办件编号", "办结编号", "环节", "部门", "受理"}};
    for (const auto& one : *found)
        table.add({id_text(one.doubt.evaluation_id), words_of(one), one.host_id, one.case_no, one.completion_no,
                   one.node, or_dash(one.department_name), text_of(one.opened_at)});
    streams.out << table << page_end(found->size(), limit, id_text(found->back().doubt.evaluation_id))
                << "评价照常进行；请主机方核对后改正程序。类别或类型有误的，推送暂缓。\n";
    return fine;
}

}  // namespace hcp::ctl
