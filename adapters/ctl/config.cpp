#include "adapters/ctl/commands.hpp"
#include "adapters/ctl/print.hpp"
#include "plugin/domain/day_text.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <iterator>

namespace hcp::ctl {
namespace {

// What does not stop a start, but wants somebody's eye soon.
std::vector<std::string> reminders(const record::Rules& rules, domain::Instant now) {
    std::vector<std::string> texts;
    const auto in_force = rules.policies.in_force(now);
    if (in_force.continued_past_end)
        texts.push_back("规则版本 " + in_force.version->name + " 的有效期已过，没有后续版本，继续沿用（第22条）");
    if (in_force.before_first) texts.push_back("规则版本 " + in_force.version->name + " 尚未开始施行，先按它判定");
    if (const auto year = rules.calendar.missing_year(domain::day_of(now)))
        texts.push_back(std::to_string(int{*year}) +
                        " 年放假安排尚未载入，跨入该年的期限只是暂定；公布后加入 [calendar] directory");
    return texts;
}

}  // namespace

Exit check_config(Outside& outside, bool json, Streams streams) {
    const auto checked = outside.check();
    std::vector<std::string> notes;
    for (const auto& warning : checked.warnings) notes.push_back(outside.text_of(warning));
    if (checked.rules) std::ranges::move(reminders(*checked.rules, outside.now()), std::back_inserter(notes));
    const auto code = checked.faults.empty() ? fine : misuse;
    if (json) {
        boost::json::array faults, texts;
        for (const auto& f : checked.faults)
            faults.push_back({{"file", f.file},
                              {"line", f.line},
                              {"section", f.section},
                              {"key", f.key},
                              {"problem", f.problem},
                              {"remedy", f.remedy}});
        for (const auto& note : notes) texts.emplace_back(note);
        print_json(streams.out, {{"faults", std::move(faults)}, {"reminders", std::move(texts)}});
        return code;
    }
    for (const auto& fault : checked.faults) streams.out << outside.text_of(fault) << '\n';
    for (const auto& note : notes) streams.out << "提醒：" << note << '\n';
    if (checked.faults.empty()) {
        streams.out << "配置没有问题：规则版本 " << checked.rules->policies.versions().size() << " 个，日历 "
                    << checked.rules->calendar.version() << "，评价标签 " << checked.rules->tags.tags().size()
                    << " 个，事项 " << checked.rules->items.size() << " 个，环节 " << checked.rules->nodes.size()
                    << " 个。\n";
    } else {
        streams.out << "共 " << checked.faults.size() << " 处问题，改正前无法启动。\n";
    }
    return code;
}

Exit show_template(Outside& outside, Streams streams) {
    streams.out << outside.config_template();
    return fine;
}

Exit show_config(Outside& outside, Streams streams) {
    streams.out << outside.describe_settings();
    return fine;
}

}  // namespace hcp::ctl
