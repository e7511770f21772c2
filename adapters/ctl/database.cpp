#include "adapters/ctl/commands.hpp"
#include "adapters/ctl/print.hpp"
#include "plugin/record/json.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace hcp::ctl {

namespace {

bool is_missing(const SchemaStep& step) {
    return !step.applied_at && !step.contracts;
}
bool waits_for_the_hosts(const SchemaStep& step) {
    return !step.applied_at && step.contracts;
}

void tell_beside_the_missing(const std::vector<SchemaStep>& steps, std::ostream& out) {
    if (const auto newer = std::ranges::count_if(steps, &SchemaStep::newer))
        out << "更新版本的软件已执行 " << newer << " 步本软件没有的步骤，本软件不改动它们，可以继续使用。\n";
    if (const auto waiting = std::ranges::count_if(steps, waits_for_the_hosts))
        out << "收缩步骤 " << waiting << " 步未执行：各主机都换成本版本后，运行 hcpctl db migrate --contract。\n";
}

// What takes away is taken when nobody needs it any more.
void need_hosts_of_this_version(Outside& outside) {
    std::string others;
    for (const auto& one : instances_in(outside)) {
        if (one.standing(outside.now()) != ports::InstanceStanding::running) continue;
        if (one.state && one.state->version == HCP_VERSION) continue;
        others += (others.empty() ? "" : "、") + std::to_string(one.instance_no) + "（" +
                  (one.state ? one.state->version : "更早的版本") + "）";
    }
    if (!others.empty())
        throw Refusal{finding, "收缩步骤没有执行：实例 " + others +
                                   " 还在运行，不是本版本 " HCP_VERSION
                                   "。各主机都换成本版本后再运行 hcpctl db migrate --contract"};
}

}  // namespace

Exit migrate_database(Outside& outside, bool contract, Streams streams) {
    auto taken = outside.schema().migrate(false);
    if (contract) {
        need_hosts_of_this_version(outside);
        taken += outside.schema().migrate(true);
    }
    if (taken == 0)
        streams.out << "数据库结构已是最新，没有改动。\n";
    else
        streams.out << "已执行 " << taken << " 步，数据库结构为最新。\n";
    tell_beside_the_missing(outside.schema().steps(), streams.out);
    return fine;
}

// On the output stream stands nothing but the script, so that it can be kept and handed on.
Exit print_migration(Outside& outside, bool contract, Streams streams) {
    const auto script = outside.schema().script(contract);
    if (script.empty()) {
        streams.err << "数据库结构已是最新，没有要执行的步骤。\n";
        return fine;
    }
    streams.out
        << "-- 好差评数据库结构：尚未执行的步骤。由 DBA 以本模块各表所在的库（MySQL）或模式（Oracle）为当前库执行，\n"
           "-- 从头到尾一次，遇错即停；本模块的用户此后只需 select、insert、update、delete 权限。\n\n"
        << script;
    return fine;
}

Exit show_database(Outside& outside, bool json, Streams streams) {
    const auto steps = outside.schema().steps();
    const auto missing = std::ranges::count_if(steps, is_missing);
    if (json) {
        boost::json::array list;
        for (const auto& step : steps)
            list.push_back({{"number", step.number},
                            {"name", step.name},
                            {"sha256", step.checksum},
                            {"applied_at_us", record::json_of(step.applied_at)},
                            {"newer", step.newer},
                            {"contracts", step.contracts}});
        print_json(streams.out, list);
    } else {
        Table table{{"步骤", "执行时间", "校验和", "名称"}};
        for (const auto& step : steps)
            table.add({std::to_string(step.number), step.applied_at ? text_of(*step.applied_at) : "未执行",
                       step.checksum.substr(0, 12), step.name + (step.newer ? "（更新版本的）" : "")});
        streams.out << table;
        if (missing == 0)
            streams.out << "数据库结构为最新。\n";
        else
            streams.out << "还有 " << missing << " 步未执行，请运行 hcpctl db migrate。\n";
        tell_beside_the_missing(steps, streams.out);
    }
    return missing == 0 ? fine : finding;
}

Exit check_database(Outside& outside, bool json, Streams streams) {
    using Kind = DatabaseRemark::Kind;
    const auto remarks = outside.schema().check();
    const auto faults = std::ranges::count(remarks, Kind::fault, &DatabaseRemark::kind);
    const auto warnings = std::ranges::count(remarks, Kind::warning, &DatabaseRemark::kind);
    if (json) {
        const auto word = [](Kind kind) {
            return kind == Kind::fine ? "fine" : kind == Kind::warning ? "warning" : "fault";
        };
        boost::json::array list;
        for (const auto& one : remarks)
            list.push_back({{"kind", word(one.kind)}, {"about", one.about}, {"text", one.text}});
        print_json(streams.out, list);
    } else {
        for (const auto& one : remarks)
            streams.out << (one.kind == Kind::fine      ? "正常  "
                            : one.kind == Kind::warning ? "提醒  "
                                                        : "错误  ")
                        << one.about << "：" << one.text << '\n';
        streams.out << (faults == 0 ? "本模块可以使用这个数据库" : "有 " + std::to_string(faults) + " 处错误")
                    << (warnings == 0 ? "" : "，有 " + std::to_string(warnings) + " 处提醒") << "。\n";
    }
    return faults == 0 ? fine : finding;
}

Exit show_statements(Outside& outside, bool own_only, bool json, Streams streams) {
    auto statements = outside.schema().statements();
    const auto total = statements.size();
    const auto own = std::count_if(statements.begin(), statements.end(), [](const auto& one) { return one.own; });
    if (own_only) std::erase_if(statements, [](const auto& one) { return !one.own; });
    if (json) {
        boost::json::array list;
        for (const auto& one : statements) list.push_back({{"name", one.name}, {"own", one.own}, {"text", one.text}});
        print_json(streams.out, list);
        return fine;
    }
    for (const auto& one : statements)
        streams.out << one.name << (one.own ? "（专用）" : "") << '\n' << "  " << one.text << ";\n";
    streams.out << "共 " << total << " 条语句，其中 " << own << " 条为本数据库专用的写法。\n";
    return fine;
}

}  // namespace hcp::ctl
