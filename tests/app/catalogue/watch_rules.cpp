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

constexpr std::chrono::days a_year{365};

}  // namespace

SCENARIO("from 1 November on the next year's holidays are missed, until they are arranged (E19)", "[rules]") {
    RecordedLog log;
    run::Alarms alarms{log};
    const auto rules = arranged_for({2026});
    app::watch_rules(rules, at(2026, 11, 1, 0h) - 1us, a_year, alarms);
    CHECK(alarms.all().empty());
    app::watch_rules(rules, at(2026, 11, 1, 0h), a_year, alarms);
    CHECK(alarms.standing("calendar"));
    CHECK(log.said("2027 年放假安排尚未导入"));
    THEN("their notice ends it") {
        app::watch_rules(arranged_for({2026, 2027}), at(2026, 11, 4), a_year, alarms);
        CHECK_FALSE(alarms.standing("calendar"));
    }
}

SCENARIO("a year that has begun without its holidays is missed on its first day", "[rules]") {
    RecordedLog log;
    run::Alarms alarms{log};
    app::watch_rules(arranged_for({2025, 2027}), at(2026, 1, 1, 0h), a_year, alarms);
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
    app::watch_rules(rules, at(2026, 7, 1, 0h) - 1us, a_year, alarms);
    CHECK_FALSE(alarms.standing("policy"));
    app::watch_rules(rules, at(2026, 7, 1, 0h), a_year, alarms);
    CHECK(alarms.standing("policy"));
    THEN("a version that follows ends it") {
        PolicyVersion next;
        next.name = "2026";
        next.valid_from = day(2026, 7, 1);
        next.valid_to.reset();
        rules.policies = PolicyBook{{version, next}};
        app::watch_rules(rules, at(2026, 7, 1, 0h), a_year, alarms);
        CHECK_FALSE(alarms.standing("policy"));
    }
}

SCENARIO("a guide that nobody has looked after is an alarm that names it and its owner (M4.3)", "[rules]") {
    RecordedLog log;
    run::Alarms alarms{log};
    auto rules = arranged_for({2026});
    std::vector<ports::GuideRow> guides;
    const auto release = [&](std::int32_t revision, Day effective, std::optional<Day> until = {}) {
        ports::ItemEditionRow item;
        item.content.code = "A1";
        item.content.until = until;
        item.edition.released_at = at(2025, 3, 1);
        guides.emplace_back();
        guides.back().content = {"A1", "v", effective, "综合岗", {}, {}};
        guides.back().edition.revision = revision;
        guides.back().edition.released_at = at(2025, 3, 1);
        rules.catalogue = std::make_shared<const record::ReleasedCatalogue>(std::vector<ports::DepartmentRow>{},
                                                                            std::vector{item}, guides);
        app::watch_rules(rules, at(2026, 3, 2), a_year, alarms);
    };
    release(1, day(2025, 3, 2));
    CHECK_FALSE(alarms.standing("guides"));
    guides.clear();
    release(1, day(2025, 3, 1));
    CHECK(alarms.standing("guides"));
    CHECK(log.said("365 天没有更新"));
    CHECK(log.said("A1（综合岗）"));
    WHEN("it has another version") {
        release(2, day(2026, 3, 2));
        CHECK_FALSE(alarms.standing("guides"));
    }
    WHEN("its item has ended") {
        release(2, day(2025, 3, 1), day(2026, 3, 1));
        CHECK_FALSE(alarms.standing("guides"));
    }
}
