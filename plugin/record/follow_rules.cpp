#include "plugin/record/follow_rules.hpp"

#include "plugin/ports/store/errors.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace hcp::record {

using ports::ReferenceKind;

ports::result<std::vector<domain::CalendarSince>> calendars_in(ports::ReferenceQueries& references,
                                                               const ports::RuleTexts& texts) {
    HCP_TRY(const auto rows, references.of(ReferenceKind::calendar));
    std::vector<domain::CalendarSince> all;
    for (const auto& row : rows) {
        if (auto calendar = texts.calendar(row.content)) all.push_back({*std::move(calendar), row.loaded_at});
    }
    return all;
}

ports::result<std::optional<domain::Calendar>> calendar_in_force(ports::ReferenceQueries& references,
                                                                 const ports::RuleTexts& texts) {
    HCP_TRY(const auto newest, references.newest());
    HCP_TRY(const auto known, references.of(ReferenceKind::calendar));
    const auto row = std::ranges::find(known, newest.calendar_version, &ports::ReferenceRow::version);
    return row == known.end() ? std::nullopt : texts.calendar(row->content);
}

ports::result<void> FollowRules::follow_calendar(ports::ReferenceQueries& references, const std::string& newest) {
    const auto rules = rules_.current();
    if (newest.empty() || newest == rules->calendar.version()) {
        alarms_.clear("calendar_store");
        return {};
    }
    HCP_TRY(auto calendar, calendar_in_force(references, texts_));
    alarms_.set("calendar_store", !calendar,
                calendar
                    ? std::string{}
                    : "数据库中最新的工作日历 " + newest +
                          " 无法读取，暂停入库和结转默认评价：请确认各实例为同一版本，用 hcpctl db check 检查数据库");
    if (!calendar) return ports::store_errc::corrupt;
    log_.info("数据库中有更新的工作日历，按它执行：" + newest + "（原为 " + rules->calendar.version() + "）");
    auto changed = std::make_shared<Rules>(*rules);
    changed->calendar = *std::move(calendar);
    rules_.replace(changed);
    alarms_.clear("local_days");
    return {};
}

void FollowRules::take(std::shared_ptr<const ReleasedCatalogue> catalogue) {
    log_.info("服务目录有新发布的内容，按它执行：事项 " + std::to_string(catalogue->items().size()) + " 个");
    auto changed = std::make_shared<Rules>(*rules_.current());
    changed->catalogue = std::move(catalogue);
    rules_.replace(changed);
}

}  // namespace hcp::record
