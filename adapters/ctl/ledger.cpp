#include "adapters/ctl/commands.hpp"
#include "adapters/ctl/print.hpp"
#include "plugin/app/verify_ledger.hpp"

#include <boost/json.hpp>

namespace hcp::ctl {
namespace {

using app::LedgerFault;

// Below this a verification is over before anyone wonders.
constexpr std::int64_t entries_between_signs_of_life = 100'000;

std::string_view name_of(LedgerFault fault) {
    switch (fault) {
        case LedgerFault::changed:
            return "记录被改动";
        case LedgerFault::removed:
            return "记录被删除";
        case LedgerFault::inserted:
            return "记录被插入";
        case LedgerFault::reordered:
            return "顺序被调换";
        case LedgerFault::cut_or_restored:
            return "末尾被截断或恢复了旧库";
        case LedgerFault::rewritten:
            return "整链被改写";
        case LedgerFault::forged:
            return "记录系伪造";
        case LedgerFault::bad_anchor:
            return "锚点无效";
        case LedgerFault::rating_changed:
            return "评价被改动";
        case LedgerFault::rating_removed:
            return "评价被删除";
        case LedgerFault::rating_inserted:
            return "评价被插入";
        case LedgerFault::evaluation_changed:
            return "待评事项被改动";
        case LedgerFault::evaluation_removed:
            return "待评事项被删除";
        case LedgerFault::evaluation_inserted:
            return "待评事项被插入";
    }
    return "";
}

std::string_view code_of(LedgerFault fault) {
    switch (fault) {
        case LedgerFault::changed:
            return "changed";
        case LedgerFault::removed:
            return "removed";
        case LedgerFault::inserted:
            return "inserted";
        case LedgerFault::reordered:
            return "reordered";
        case LedgerFault::cut_or_restored:
            return "cut_or_restored";
        case LedgerFault::rewritten:
            return "rewritten";
        case LedgerFault::forged:
            return "forged";
        case LedgerFault::bad_anchor:
            return "bad_anchor";
        case LedgerFault::rating_changed:
            return "rating_changed";
        case LedgerFault::rating_removed:
            return "rating_removed";
        case LedgerFault::rating_inserted:
            return "rating_inserted";
        case LedgerFault::evaluation_changed:
            return "evaluation_changed";
        case LedgerFault::evaluation_removed:
            return "evaluation_removed";
        case LedgerFault::evaluation_inserted:
            return "evaluation_inserted";
    }
    return "";
}

boost::json::object json_of(const app::LedgerReport& report, bool seals_checked) {
    boost::json::array findings;
    for (const auto& f : report.findings)
        findings.push_back(
            {{"fault", code_of(f.fault)}, {"lane", f.lane}, {"seq", std::to_string(f.seq)}, {"text", f.text}});
    return {{"findings", std::move(findings)}, {"entries", report.entries},           {"ratings", report.ratings},
            {"anchors", report.anchors},       {"not_anchored", report.not_anchored}, {"seals_checked", seals_checked}};
}

}  // namespace

Exit verify_ledger(Outside& outside, const VerifyLedger& request, Streams streams) {
    std::int64_t next_sign = entries_between_signs_of_life;
    const auto progress = [&](std::int64_t entries) {
        if (request.quiet || entries < next_sign) return;
        streams.err << "已核验 " << entries << " 条…" << std::endl;
        next_sign = entries + entries_between_signs_of_life;
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
        for (const auto& f : report->findings) streams.out << name_of(f.fault) << "：" << f.text << '\n';
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
