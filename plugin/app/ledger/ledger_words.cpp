#include "plugin/app/ledger/ledger_findings.hpp"
#include "plugin/app/ledger/verify_ledger.hpp"

#include <boost/json.hpp>

// The words of what a verification finds, for people and for scripts.
namespace hcp::app {

namespace {

struct FaultWords {
    std::string_view code, name;  // of a row's fault: behind what it is of
};

FaultWords words_of(LedgerFault fault) {
    switch (fault) {
        case LedgerFault::changed:
            return {"changed", "记录被改动"};
        case LedgerFault::removed:
            return {"removed", "记录被删除"};
        case LedgerFault::inserted:
            return {"inserted", "记录被插入"};
        case LedgerFault::reordered:
            return {"reordered", "顺序被调换"};
        case LedgerFault::cut_or_restored:
            return {"cut_or_restored", "末尾被截断或恢复了旧库"};
        case LedgerFault::rewritten:
            return {"rewritten", "整链被改写"};
        case LedgerFault::forged:
            return {"forged", "记录系伪造"};
        case LedgerFault::bad_anchor:
            return {"bad_anchor", "锚点无效"};
        case LedgerFault::row_changed:
            return {"_changed", "被改动"};
        case LedgerFault::row_removed:
            return {"_removed", "被删除"};
        case LedgerFault::row_inserted:
            return {"_inserted", "被插入"};
    }
    return {};
}

std::string_view code_of(LedgerSubject subject) noexcept {
    switch (subject) {
        case LedgerSubject::case_:
            return "case";
        case LedgerSubject::evaluation:
            return "evaluation";
        case LedgerSubject::rating:
            return "rating";
        case LedgerSubject::ticket:
            return "ticket";
        case LedgerSubject::comment:
            return "comment";
        case LedgerSubject::consent:
            return "consent";
        case LedgerSubject::visit:
            return "visit";
        case LedgerSubject::opening:
            return "opening";
        case LedgerSubject::reference:
            return "reference";
        case LedgerSubject::subject:
            return "subject";
        case LedgerSubject::role_proposed:
            return "role_proposed";
        case LedgerSubject::role_confirmed:
            return "role_confirmed";
        case LedgerSubject::role_ended:
            return "role_ended";
        case LedgerSubject::staff_invite:
            return "staff_invite";
        case LedgerSubject::staff_session:
            return "staff_session";
        case LedgerSubject::edition:
            return "edition";
        case LedgerSubject::attribution:
            return "attribution";
        case LedgerSubject::list_export:
            return "export";
        case LedgerSubject::unmasking:
            return "unmasking";
        case LedgerSubject::leak_reported:
            return "leak_reported";
        case LedgerSubject::leak_decided:
            return "leak_decided";
        case LedgerSubject::interpretation:
            return "interpretation";
        case LedgerSubject::ledger:
            break;
    }
    return "";
}

}  // namespace

std::string_view name_of(LedgerSubject subject) noexcept {
    switch (subject) {
        case LedgerSubject::ledger:
            return "记录";
        case LedgerSubject::case_:
            return "办件";
        case LedgerSubject::evaluation:
            return "待评事项";
        case LedgerSubject::rating:
            return "评价";
        case LedgerSubject::ticket:
            return "整改单";
        case LedgerSubject::comment:
            return "逾期意见";
        case LedgerSubject::consent:
            return "评价人的同意";
        case LedgerSubject::visit:
            return "到访";
        case LedgerSubject::opening:
            return "开标";
        case LedgerSubject::reference:
            return "规则文件";
        case LedgerSubject::subject:
            return "主体";
        case LedgerSubject::role_proposed:
            return "岗位提名";
        case LedgerSubject::role_confirmed:
            return "岗位确认";
        case LedgerSubject::role_ended:
            return "岗位解除";
        case LedgerSubject::staff_invite:
            return "一次性登录链接";
        case LedgerSubject::staff_session:
            return "工作人员登录";
        case LedgerSubject::edition:
            return "目录版本";
        case LedgerSubject::attribution:
            return "归属更改";
        case LedgerSubject::list_export:
            return "导出";
        case LedgerSubject::unmasking:
            return "身份查阅";
        case LedgerSubject::leak_reported:
            return "泄露案件登记";
        case LedgerSubject::leak_decided:
            return "泄露案件决定";
        case LedgerSubject::interpretation:
            return "规则解释";
    }
    return "";
}

std::string code_of(const LedgerFinding& finding) {
    return std::string{code_of(finding.subject)}.append(words_of(finding.fault).code);
}
std::string name_of(const LedgerFinding& finding) {
    const auto subject = finding.subject == LedgerSubject::ledger ? std::string_view{} : name_of(finding.subject);
    return std::string{subject}.append(words_of(finding.fault).name);
}

boost::json::object json_of(const LedgerReport& report) {
    boost::json::array findings;
    for (const auto& f : report.findings)
        findings.push_back({{"fault", code_of(f)},
                            {"name", name_of(f)},
                            {"lane", f.lane},
                            {"seq", std::to_string(f.seq)},
                            {"text", f.text}});
    return {{"findings", std::move(findings)},
            {"entries", report.entries},
            {"ratings", report.ratings},
            {"anchors", report.anchors},
            {"not_anchored", report.not_anchored}};
}

}  // namespace hcp::app
