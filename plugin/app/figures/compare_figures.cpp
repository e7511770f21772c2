#include "plugin/app/figures/compare_figures.hpp"

#include "plugin/domain/day_text.hpp"

#include <map>
#include <tuple>

namespace hcp::app {

using namespace domain;

ports::result<std::vector<std::string>> compare_figures(ports::Store& store, Day from, Day to) {
    std::vector<Count> kept, recounted;
    HCP_CHECK(store.read([&](ports::Snapshot& rows) -> ports::result<void> {
        HCP_TRY(kept, rows.figures().counts(from, to));
        HCP_TRY(recounted, rows.figures().recounted(from, to));
        return {};
    }));
    using Key = std::tuple<Day, Line, std::string, std::string, Metric>;
    std::map<Key, std::pair<std::int64_t, std::int64_t>> both;
    for (const auto& count : kept)
        both[{count.day, count.line, count.department_id, count.item_code, count.metric}].first += count.n;
    for (const auto& count : recounted)
        both[{count.day, count.line, count.department_id, count.item_code, count.metric}].second += count.n;
    std::vector<std::string> differences;
    for (const auto& [key, n] : both) {
        if (n.first == n.second) continue;
        const auto& [day, line, department, item, metric] = key;
        differences.push_back(text_of(day) + " " + std::string{text_of(line)} + " 部门 " + department + " 事项 " +
                              item + " 指标 " + std::to_string(static_cast<std::int32_t>(metric)) + "：累计 " +
                              std::to_string(n.first) + "，重算 " + std::to_string(n.second));
    }
    return differences;
}

void check_figures(ports::Store& store, Instant now, ports::Log& log, run::Alarms& alarms) {
    const auto today = day_of(now);
    const auto differences = compare_figures(store, today - std::chrono::days{400}, today + std::chrono::days{1});
    if (!differences) return;
    for (const auto& difference : *differences) log.often(ports::LogLevel::warning, "统计复核不一致", difference);
    alarms.set("figures", !differences->empty(),
               "统计累计与复核重算有 " + std::to_string(differences->size()) + " 处不一致，详见日志");
}

}  // namespace hcp::app
