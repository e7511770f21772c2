#include "adapters/ctl/commands.hpp"
#include "adapters/ctl/print.hpp"
#include "plugin/app/ledger/verify_ledger.hpp"

#include <boost/json.hpp>

namespace hcp::ctl {

Exit verify_ledger(Outside& outside, const VerifyLedger& request, Streams streams) {
    std::int64_t next_sign = rows_between_signs_of_life;
    const ports::Signs signs{[&](std::int64_t entries) {
        if (request.quiet || entries < next_sign) return;
        streams.err << "已核验 " << entries << " 条…" << std::endl;
        next_sign = entries + rows_between_signs_of_life;
    }};
    const auto key = outside.anchor_key(request.public_key);
    // Who brings a public key has nothing else, and needs nothing else.
    const auto* seal = request.public_key.empty() ? &outside.ledger_seal() : nullptr;
    const auto report = app::verify_ledger(outside.store(), outside.anchors(), {outside.digests(), *key, seal}, signs);
    if (!report) throw Refusal{finding, "留痕链没有核验完：" + report.error().message()};

    if (request.json) {
        auto told = app::json_of(*report);
        told["seals_checked"] = seal != nullptr;
        print_json(streams.out, told);
    } else {
        for (const auto& f : report->findings) streams.out << app::name_of(f) << "：" << f.text << '\n';
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
