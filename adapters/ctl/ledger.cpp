#include "adapters/ctl/commands.hpp"
#include "adapters/ctl/print.hpp"
#include "plugin/app/ledger/verify_ledger.hpp"

#include <boost/json.hpp>

namespace hcp::ctl {
namespace {

using app::LedgerFault;
using app::LedgerSubject;

// Below this a verification is over before anyone wonders.

struct Words {
    std::string_view code, name;  // of a row's fault: behind what it is of
};

Words words_of(LedgerFault fault) {
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

std::string_view code_of(LedgerSubject subject) {
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
        case LedgerSubject::ledger:
            break;
    }
    return "";
}

std::string code_of(const app::LedgerFinding& finding) {
    return std::string{code_of(finding.subject)}.append(words_of(finding.fault).code);
}
std::string name_of(const app::LedgerFinding& finding) {
    const auto subject = finding.subject == LedgerSubject::ledger ? std::string_view{} : app::name_of(finding.subject);
    return std::string{subject}.append(words_of(finding.fault).name);
}

boost::json::object json_of(const app::LedgerReport& report, bool seals_checked) {
    boost::json::array findings;
    for (const auto& f : report.findings)
        findings.push_back({{"fault", code_of(f)}, {"lane", f.lane}, {"seq", std::to_string(f.seq)}, {"text", f.text}});
    return {{"findings", std::move(findings)}, {"entries", report.entries},           {"ratings", report.ratings},
            {"anchors", report.anchors},       {"not_anchored", report.not_anchored}, {"seals_checked", seals_checked}};
}

}  // namespace

Exit verify_ledger(Outside& outside, const VerifyLedger& request, Streams streams) {
    std::int64_t next_sign = rows_between_signs_of_life;
    const auto progress = [&](std::int64_t entries) {
        if (request.quiet || entries < next_sign) return;
        streams.err << "已核验 " << entries << " 条…" << std::endl;
        next_sign = entries + rows_between_signs_of_life;
    };
    const auto key = outside.anchor_key(request.public_key);
    // Who brings a public key has nothing else, and needs nothing else.
    const auto* seal = request.public_key.empty() ? &outside.ledger_seal() : nullptr;
    const auto report =
        app::verify_ledger(outside.store(), outside.anchors(), {outside.digests(), *key, seal}, progress);
    if (!report) throw Refusal{finding, "留痕链没有核验完：" + report.error().message()};

    if (request.json) {
        print_json(streams.out, json_of(*report, seal != nullptr));
    } else {
        for (const auto& f : report->findings) streams.out << name_of(f) << "：" << f.text << '\n';
        if (!request.quiet) {
            streams.out << "核验留痕 " << report->entries << " 条、评价 " << report->ratings << " 条、锚点 "
                        << report->anchors << " 个（未开标的同样核验，条数不列）。\n";
            if (seal == nullptr)
                streams.out << "只有公钥，未核验各条记录是否由本系统写入；用主密钥核验时不带 --public-key。\n";
            if (report->not_anchored > 0)
                streams.out << "末尾 " << report->not_anchored << " 条尚未签锚：若被截去，现在还看不出来。\n";
            else if (report->entries > 0)
                streams.out << "记录均已签锚（未开标的不列）。\n";
            if (report->findings.empty())
                streams.out << "没有发现改动。\n";
            else
                streams.out << "发现 " << report->findings.size() << " 处问题。\n";
        }
    }
    return report->findings.empty() ? fine : finding;
}

}  // namespace hcp::ctl
