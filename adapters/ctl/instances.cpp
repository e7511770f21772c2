#include "adapters/ctl/commands.hpp"
#include "adapters/ctl/print.hpp"
#include "plugin/app/figures/report_health.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace hcp::ctl {
namespace {

using namespace domain;
using ports::InstanceStanding;
using ports::InstanceSummary;

std::string words_of(InstanceStanding standing) {
    switch (standing) {
        case InstanceStanding::running:
            return "运行";
        case InstanceStanding::stopped:
            return "停止";
        case InstanceStanding::lost:
            break;
    }
    return "失联";
}

std::string claims_of(const InstanceSummary& one) {
    if (one.claimed == 0) return "—";
    return std::to_string(one.claimed) + " 条，至 " + text_of(one.claimed_until);
}

// Rounded up to hundreds where it is told, so not more than that.
std::string journal_of(const InstanceSummary& one) {
    if (!one.state) return "—";
    return one.state->journal_events == 0 ? "0" : "≤ " + std::to_string(one.state->journal_events);
}

}  // namespace

std::vector<InstanceSummary> instances_in(Outside& outside) {
    auto all = ports::ask(outside.store(), [](ports::Snapshot& rows) { return rows.instances().all(); });
    if (!all) throw refused_by_database(all.error());
    return *std::move(all);
}

Exit list_instances(Outside& outside, bool json, Streams streams) {
    const auto all = instances_in(outside);
    const auto now = outside.now();
    const auto owing = std::ranges::count_if(all, [&](const InstanceSummary& one) { return one.may_owe_events(now); });
    if (json) {
        boost::json::array list;
        for (const auto& one : all) {
            auto object = app::json_of(one, now);
            object["may_owe_events"] = one.may_owe_events(now);
            list.push_back(std::move(object));
        }
        print_json(streams.out, list);
        return owing == 0 ? fine : finding;
    }
    if (all.empty()) {
        streams.out << "还没有实例使用过本数据库。\n";
        return fine;
    }
    Table table{{"编号", "名称", "版本", "状态", "自", "租期至", "推送中", "日志中未入库"}};
    for (const auto& one : all) {
        const auto& said = one.state;
        table.add({std::to_string(one.instance_no), or_dash(said ? said->name : ""), or_dash(said ? said->version : ""),
                   words_of(one.standing(now)), said ? text_of(said->since) : "—", text_of(one.leased_until),
                   claims_of(one), journal_of(one)});
    }
    streams.out << table;
    if (owing > 0)
        streams.out << "有 " << owing
                    << " 个实例可能留有已接收未入库的事件：请重新启动它；不能启动的，用 hcpctl journal adopt "
                       "接收其实例目录。\n";
    return owing == 0 ? fine : finding;
}

Exit retire_instance(Outside& outside, std::int32_t number, bool journal_lost, Streams streams) {
    const auto all = instances_in(outside);
    const auto one = std::ranges::find(all, number, &InstanceSummary::instance_no);
    const auto which = "实例 " + std::to_string(number);
    if (one == all.end()) throw Refusal{finding, "没有" + which + "，或已经注销；用 hcpctl instances list 查看编号"};
    const auto now = outside.now();
    if (one->standing(now) == InstanceStanding::running)
        throw Refusal{finding, which + " 还在运行，租期至 " + text_of(one->leased_until) +
                                   "：请先停止它；异常退出的，过了租期再注销"};
    if (one->may_owe_events(now) && !journal_lost)
        throw Refusal{finding, which +
                                   " 没有正常停止，或停止时本地日志还没有全部入库，其中可能有已接收的事件：请先用 "
                                   "hcpctl journal adopt 接收其实例目录；确实无法找回的，加 --journal-lost 注销"};
    const auto done = outside.store().write([&](ports::Transaction& tx) -> ports::result<void> {
        // A name that nobody's directory has.
        HCP_CHECK(tx.instances().hand_over(number, "retired " + std::to_string(number), now));
        ports::InstanceStateRow row = one->state.value_or(ports::InstanceStateRow{.instance_no = number,
                                                                                  .name = {},
                                                                                  .version = {},
                                                                                  .since = one->leased_until,
                                                                                  .told_at = one->leased_until,
                                                                                  .stopped_at = {},
                                                                                  .retired_at = {}});
        row.retired_at = now;
        HCP_CHECK(tx.instances().tell(row));
        return tx.deliveries().expire_claims(number, now);
    });
    if (!done && done.error() == ports::store_errc::conflict)
        throw Refusal{finding, which + " 刚刚又续了租：它还在运行，请先停止它"};
    if (!done) throw refused_by_database(done.error());
    streams.out << which << " 已注销。它若再醒来，不能再写入数据库，重新启动后取得新的编号。\n";
    return fine;
}

Exit adopt_journal(Outside& outside, const std::filesystem::path& directory, Streams streams) {
    const auto adopted =
        outside.adopt_journal(directory, [&](std::int64_t left) { streams.err << "还有 " << left << " 个事件\n"; });
    const auto done = adopted.found - adopted.left;
    streams.out << "实例 " << adopted.instance_no << " 的本地日志：" << adopted.found << " 个事件，已入库 " << done
                << " 个。\n";
    if (adopted.set_aside > 0)
        streams.out << "其中搁置 " << adopted.set_aside
                    << " 个，留在该目录：以它为 [instance] directory 的配置文件，用 hcpctl journal list 查看。\n";
    if (adopted.left > 0) streams.out << "其余 " << adopted.left << " 个还在该目录中，可以再次运行本命令。\n";
    return adopted.left == 0 && adopted.set_aside == 0 ? fine : finding;
}

}  // namespace hcp::ctl
