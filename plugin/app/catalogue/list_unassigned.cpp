#include "plugin/app/catalogue/list_unassigned.hpp"

#include "plugin/domain/text.hpp"
#include "plugin/ports/store/editions.hpp"
#include "plugin/record/json.hpp"
#include "plugin/record/sealed_facts.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <utility>

namespace hcp::app {

using namespace domain;
using ports::CaseRow;
using record::id_text;
namespace json = boost::json;

namespace {

using Lack = UnassignedCase::Lack;

std::vector<Lack> lacks_of(const CaseRow& row, bool has_departments) {
    std::vector<Lack> all;
    if (row.unclassified && !is_known(row.line))
        all.push_back({"line", "业务类别 " + std::to_string(static_cast<std::int32_t>(row.line)) + " 不在代码表"});
    else if (row.unclassified && row.item_code.empty())
        all.push_back({"item", "环节没有对应的事项"});
    else if (row.unclassified)
        all.push_back({"item", "事项不在目录"});
    if (!row.unattributed) return all;
    if (row.department_id.empty()) all.push_back({"department", "没有部门"});
    if (row.sealed_handlers.empty()) all.push_back({"handlers", "没有经办人"});
    if (!row.department_id.empty() && !row.sealed_handlers.empty() && has_departments)
        all.push_back({"department", "部门不在目录"});
    return all;
}

json::object json_of(const UnassignedCase& one) {
    json::array codes;
    for (const auto& lack : one.lacks) codes.emplace_back(lack.code);
    const auto& row = one.row;
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
            {"lacks_text", words_of(one.lacks)},
            {"completed_at_us", to_us(row.completed_at)}};
}

json::array array_of(const std::vector<std::string>& texts) {
    return json::array(texts.begin(), texts.end());
}

json::object json_of(const WaitingAttribution& one) {
    const auto& [row, case_row, handlers, reason] = one;
    return {{"attribution_id", id_text(row.id)},
            {"case_id", id_text(row.case_id)},
            {"case_no", case_row.case_no},
            {"completion_no", case_row.completion_no},
            {"node", case_row.node},
            {"present",
             {{"item_code", case_row.item_code},
              {"department_id", case_row.department_id},
              {"handlers", array_of(handlers)}}},
            {"item_code", row.item_code},
            {"department_id", row.department_id},
            {"handlers", array_of(row.handlers)},
            {"reason", reason ? json::value(*reason) : json::value(nullptr)},
            {"proposed_by", row.proposed_by},
            {"proposed_at_us", to_us(row.proposed_at)}};
}

ports::result<std::vector<WaitingAttribution>> waiting_in(ports::Snapshot& rows, const record::Keys& keys) {
    std::vector<WaitingAttribution> all;
    HCP_TRY(auto waiting, rows.attributions().waiting());
    for (auto& row : waiting) {
        HCP_TRY(auto case_row, rows.cases().find(row.case_id));
        if (!case_row || !case_row->secrecy().may_be_told()) continue;
        WaitingAttribution one{std::move(row), *std::move(case_row), {}, {}};
        if (auto ids = record::handler_ids_of(keys.sealer, one.case_row)) one.handlers = *std::move(ids);
        if (const auto plain =
                keys.sealer.open(record::View{one.row.sealed_reason}, record::View{one.row.reason_digest}))
            one.reason = std::string{ports::as_text(record::View{*plain})};
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace

std::string words_of(const std::vector<Lack>& lacks) {
    std::vector<std::string> words;
    words.reserve(lacks.size());
    for (const auto& lack : lacks) words.push_back(lack.words);
    return joined(words, "；");
}

ports::result<Unassigned> list_unassigned(ports::Store& store, const record::Keys& keys, CaseId after,
                                          std::size_t limit) {
    return ports::ask(store, [&](ports::Snapshot& rows) -> ports::result<Unassigned> {
        Unassigned all;
        HCP_TRY(auto cases, rows.cases().unassigned_after(after, limit));
        HCP_TRY(all.to_be_signed, waiting_in(rows, keys));
        HCP_TRY(const auto departments, rows.departments().standing());
        const bool has_departments =
            std::ranges::any_of(departments, [](const auto& row) { return row.edition.state == EditionState::active; });
        for (auto& row : cases) {
            auto lacks = lacks_of(row, has_departments);
            all.cases.push_back({std::move(row), std::move(lacks)});
        }
        return all;
    });
}

json::object json_of(const Unassigned& all) {
    json::array cases, waiting;
    for (const auto& one : all.cases) cases.push_back(json_of(one));
    for (const auto& one : all.to_be_signed) waiting.push_back(json_of(one));
    return {{"unassigned", std::move(cases)}, {"to_be_signed", std::move(waiting)}};
}

}  // namespace hcp::app
