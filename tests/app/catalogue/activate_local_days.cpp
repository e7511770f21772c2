#include "plugin/app/catalogue/activate_local_days.hpp"

#include "plugin/app/catalogue/load_rules.hpp"
#include "tests/app/people/centre.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

using app::ActivationRefusal;
using ports::ReferenceKind;

Calendar closed_on(const Calendar& calendar, Day day, Day published = day_of(at(2026, 9, 1))) {
    std::vector<Notice> notices{calendar.notices().begin(), calendar.notices().end()};
    notices.push_back({Scope::centre, {}, published, {}, {}, {{day, day, false, "闭馆"}}});
    return Calendar{std::move(notices)};
}

// Supervision is founded: local days of a file wait for its word.
struct LocalDays : Centre {
    LocalDays() {
        own.adopt(books->instance());
        REQUIRE(loader().start_with(rule_files)->empty());
        clock.set(clock.now() + 1s);
    }
    app::LoadRules loader() { return app::LoadRules{{*store, own, digests, rule_texts, *rules, log, alarms, nobody}}; }
    // The files, as somebody has edited their calendar.
    app::RuleFiles files_with(Calendar edited) {
        auto files = rule_files;
        auto changed = std::make_shared<record::Rules>(*files.rules);
        changed->calendar = std::move(edited);
        for (auto& file : files.references)
            if (file.kind == ReferenceKind::calendar)
                file = {file.kind, changed->calendar.version(), rule_texts.text_of(changed->calendar)};
        files.rules = std::move(changed);
        return files;
    }
    std::variant<std::string, ActivationRefusal> activate(std::string_view actor, const Calendar& offered) {
        clock.set(clock.now() + 1s);
        return *app::activate_local_days({own, digests, rule_texts, nobody}, actor, offered);
    }
    std::vector<std::string> versions() {
        std::vector<std::string> found;
        for (const auto& row : ask([](ports::Snapshot& all) { return all.references().of(ReferenceKind::calendar); }))
            found.push_back(row.version);
        return found;
    }
    const Calendar& in_force() {
        following = ask([&](ports::Snapshot& all) { return follow->rules_by(all); });
        return following->calendar;
    }

    record::Books own{*store, digests, ledger_seal, clock, id_clock};
    std::shared_ptr<const record::Rules> following;
    const Calendar national = rule_files.rules->calendar;
    const Calendar closed = closed_on(national, day_of(at(2026, 9, 28)));
};

}  // namespace

SCENARIO("before there is supervision a file's local days are in force at once", "[rules]") {
    LocalDays desk;
    REQUIRE(desk.loader().replace_by(desk.files_with(desk.closed))->empty());
    CHECK(desk.in_force() == desk.closed);
    CHECK_FALSE(desk.alarms.standing("local_days"));
}

SCENARIO("afterwards they wait for a supervisor, and every instance follows his word (E21)", "[rules]") {
    LocalDays desk;
    desk.equip();
    for (const bool start : {false, true}) {
        const auto files = desk.files_with(desk.closed);
        REQUIRE((start ? desk.loader().start_with(files) : desk.loader().replace_by(files))->empty());
        CHECK(desk.rules->current()->calendar == desk.national);
        CHECK(desk.alarms.standing("local_days"));
        CHECK(desk.versions().size() == 1);
    }
    CHECK(std::get<ActivationRefusal>(desk.activate("S9", desk.closed)) == ActivationRefusal::unknown_actor);
    CHECK(std::get<ActivationRefusal>(desk.activate("S5", desk.closed)) == ActivationRefusal::not_allowed);
    CHECK(std::get<ActivationRefusal>(desk.activate("S3", desk.national)) == ActivationRefusal::nothing_new);
    CHECK(desk.in_force() == desk.national);

    CHECK(std::get<std::string>(desk.activate("S3", desk.closed)) == desk.closed.version());
    CHECK(desk.in_force() == desk.closed);
    CHECK_FALSE(desk.alarms.standing("local_days"));
    CHECK(desk.entered().back() == LedgerKind::local_days_activated);
    CHECK(std::get<ActivationRefusal>(desk.activate("S3", desk.closed)) == ActivationRefusal::nothing_new);
    const auto other = closed_on(desk.national, day_of(at(2026, 9, 29)));
    CHECK(std::get<ActivationRefusal>(desk.activate("S4", other)) == ActivationRefusal::version_taken);

    THEN("the State Council's days of a file are in force at once, with the local days that were activated") {
        std::vector<Notice> notices{desk.national.notices().begin(), desk.national.notices().end()};
        notices.push_back({Scope::national,
                           std::chrono::year{2026},
                           day_of(at(2026, 9, 20)),
                           {},
                           {},
                           {{day_of(at(2026, 10, 12)), day_of(at(2026, 10, 12)), false, "示例假"}}});
        const Calendar newer{std::move(notices)};
        desk.clock.set(desk.clock.now() + 1s);
        REQUIRE(desk.loader().replace_by(desk.files_with(newer))->empty());
        CHECK(desk.rules->current()->calendar == with_local_days(newer, desk.closed));
        CHECK(desk.in_force() == with_local_days(newer, desk.closed));
        CHECK(desk.alarms.standing("local_days"));
        CHECK(std::get<std::string>(desk.activate("S4", desk.national)) == newer.version());
        CHECK(desk.in_force() == newer);
    }
}

SCENARIO("nothing is activated over no calendar", "[rules]") {
    Centre desk;
    desk.equip();
    const app::ActivationMeans means{*desk.books, desk.digests, desk.rule_texts, desk.nobody};
    CHECK(std::get<ActivationRefusal>(*app::activate_local_days(means, "S3", desk.rule_files.rules->calendar)) ==
          ActivationRefusal::no_calendar);
}
