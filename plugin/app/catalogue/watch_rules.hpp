#pragma once
#include "plugin/app/catalogue/show_guides.hpp"
#include "plugin/domain/time.hpp"
#include "plugin/record/rules.hpp"
#include "plugin/run/alarms.hpp"

#include <chrono>
#include <string>

namespace hcp::app {

// Tells when the rules end before the time does: a year whose holidays nobody has arranged yet (E19), a version of the
// policy that has run out (M22.1); and when a guide is older than it should be (M4.3).
inline void watch_rules(const record::Rules& rules, domain::Instant now, std::chrono::days guides_last,
                        run::Alarms& alarms) {
    const auto missing = rules.calendar.missing_year(domain::day_of(now));
    alarms.set("calendar", missing.has_value(),
               missing ? std::to_string(static_cast<int>(*missing)) + " 年放假安排尚未导入，跨年截止时间为暂定"
                       : std::string{});
    alarms.set("policy", rules.policies.in_force(now).continued_past_end,
               "规则版本已过有效期且没有后续版本，按最后版本继续执行");
    const auto today = domain::day_of(now);
    const auto old = guides_older_than(*rules.catalogue, today - guides_last, today);
    std::string whose;
    for (const auto& guide : old) whose += (whose.empty() ? "" : "、") + guide.item_code + "（" + guide.owner + "）";
    alarms.set("guides", !old.empty(),
               "办事指南超过 " + std::to_string(guides_last.count()) +
                   " 天没有更新，请维护岗位核对；内容不变的，也另发一版：" + whose);
}

}  // namespace hcp::app
