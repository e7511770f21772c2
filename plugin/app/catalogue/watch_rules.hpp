#pragma once
#include "plugin/domain/time.hpp"
#include "plugin/record/rules.hpp"
#include "plugin/run/alarms.hpp"

#include <string>

namespace hcp::app {

// Tells when the rules end before the time does: a year whose holidays nobody has arranged yet (E19), a version of the
// policy that has run out (M22.1).
inline void watch_rules(const record::Rules& rules, domain::Instant now, run::Alarms& alarms) {
    const auto missing = rules.calendar.missing_year(domain::day_of(now));
    alarms.set("calendar", missing.has_value(),
               missing ? std::to_string(static_cast<int>(*missing)) + " 年放假安排尚未导入，跨年截止时间为暂定"
                       : std::string{});
    alarms.set("policy", rules.policies.in_force(now).continued_past_end,
               "规则版本已过有效期且没有后续版本，按最后版本继续执行");
}

}  // namespace hcp::app
