#include "plugin/app/catalogue/watch_rules.hpp"

#include "tests/support/manual_clock.hpp"
#include "tests/support/recorded_log.hpp"

#include <catch2/catch.hpp>

using namespace hcp;
using namespace hcp::domain;
using namespace hcp::test;

namespace {

Day day(int y, unsigned m, unsigned d) {
    return day_of(at(y, m, d));
}

record::Rules arranged_for(std::initializer_list<int> years) {
    record::Rules rules;
    std::vector<Notice> notices;
    for (const int year : years)
        notices.push_back({Scope::national, std::chrono::year{year}, day(year - 1, 11, 4), {}, {}, {}});
    rules.calendar = Calendar{std::move(notices)};
    PolicyVersion for_good;
    for_good.valid_to.reset();
    rules.policies = PolicyBook{{for_good}};
    return rules;
}

}  // namespace

SCENARIO("from 1 November on the next year's holidays are missed, until they are arranged (E19)", "[rules]") {
    RecordedLog log;
    run::Alarms alarms{log};
    const auto rules = arranged_for({2026});
    app::watch_rules(rules, at(2026, 11, 1, 0h) - 1us, alarms);
    CHECK(alarms.all().empty());
    app::watch_rules(rules, at(2026, 11, 1, 0h), alarms);
    CHECK(alarms.standing("calendar"));
    CHECK(log.said("2027 年放假安排尚未导入"));
    THEN("their notice ends it") {
        app::watch_rules(arranged_for({2026, 2027}), at(2026, 11, 4), alarms);
        CHECK_FALSE(alarms.standing("calendar"));
    }
}

SCENARIO("a year that has begun without its holidays is missed on its first day", "[rules]") {
    RecordedLog log;
    run::Alarms alarms{log};
    app::watch_rules(arranged_for({2025, 2027}), at(2026, 1, 1, 0h), alarms);
    CHECK(alarms.standing("calendar"));
    CHECK(log.said("2026 年放假安排尚未导入"));
}

SCENARIO("a policy that has run out with nothing to follow it is an alarm from the first day after (M22.1)",
         "[rules]") {
    RecordedLog log;
    run::Alarms alarms{log};
    auto rules = arranged_for({2026});
    PolicyVersion version;
    version.valid_to = day(2026, 7, 1);
    rules.policies = PolicyBook{{version}};
    app::watch_rules(rules, at(2026, 7, 1, 0h) - 1us, alarms);
    CHECK_FALSE(alarms.standing("policy"));
    app::watch_rules(rules, at(2026, 7, 1, 0h), alarms);
    CHECK(alarms.standing("policy"));
    THEN("a version that follows ends it") {
        PolicyVersion next;
        next.name = "2026";
        next.valid_from = day(2026, 7, 1);
        next.valid_to.reset();
        rules.policies = PolicyBook{{version, next}};
        app::watch_rules(rules, at(2026, 7, 1, 0h), alarms);
        CHECK_FALSE(alarms.standing("policy"));
    }
}
