#include "plugin/app/rating/preview_calendar.hpp"

#include "plugin/app/rating/extend_deadlines.hpp"
#include "tests/support/memory_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

struct Previewing : MemoryDesk {
    // With so many completions of that day, of which the first is rated badly.
    Previewing() {
        for (int i = 0; i < 3; ++i) add("C" + std::to_string(i), open_to_all);
        add("SECRET", Secrecy::until_opening());
        rate(event("C0"), Level::dissatisfied, clock.now(), "窗口无人，等候超过两个小时仍未办理。");
    }
    static Completion event(const std::string& case_no, Secrecy secrecy = open_to_all) {
        auto event = completion(case_no);
        event.completed_at = at(2026, 9, 24);
        event.secrecy = secrecy;
        return event;
    }
    void add(const std::string& case_no, Secrecy secrecy) {
        clock.set(at(2026, 9, 24));
        apply({event(case_no, secrecy)});
    }
    record::Rules with(Scope scope, Day day) {
        auto changed = *rules->current();
        std::vector<Notice> notices{changed.calendar.notices().begin(), changed.calendar.notices().end()};
        notices.push_back(
            {scope, std::chrono::year{2026}, day_of(at(2026, 9, 25)), {}, {}, {{day, day, false, "闭馆"}}});
        changed.calendar = Calendar{std::move(notices)};
        return changed;
    }
    app::CalendarPreview preview(const record::Rules& offered, Instant now, std::size_t limit = 10) {
        return app::preview_calendar(*store, rule_texts, offered, now, limit, [] { return false; }).value();
    }
};

}  // namespace

SCENARIO("a preview tells what the recount then does, and nothing of what is secret (E14, E20, E21)", "[calendar]") {
    Previewing desk;
    const auto day = day_of(at(2026, 9, 28));
    WHEN("the nation rests") {
        const auto offered = desk.with(Scope::national, day);
        const auto told = desk.preview(offered, at(2026, 9, 25), 1);
        CHECK(told.windows.looked_at == 2);
        CHECK(told.windows.moved == 2);
        REQUIRE(told.windows.first.size() == 1);
        CHECK(told.windows.first[0].case_no == "C1");
        CHECK(told.windows.first[0].before == at(2026, 10, 10, 0h));
        CHECK(told.contacts.moved == 1);
        const auto before = desk.tickets();
        CHECK(told.windows.moved == app::extend_deadlines(*desk.books, offered, 10)->extended);
        CHECK(told.windows.first[0].after == desk.view(Previewing::event("C1")).evaluation.deadline);
        CHECK(desk.tickets()[0].contact_deadline == before[0].contact_deadline);
        CHECK(desk.preview(offered, at(2026, 9, 25)).windows.moved == 0);
    }
    WHEN("the centre is closed, activated beforehand") {
        const auto offered = desk.with(Scope::centre, day);
        const auto told = desk.preview(offered, at(2026, 9, 27));
        CHECK(told.windows.moved == 0);
        REQUIRE(told.contacts.first.size() == 1);
        CHECK(told.contacts.first[0].before == at(2026, 9, 29, 0h));
        CHECK(told.contacts.first[0].after == at(2026, 9, 30, 0h));
        CHECK(told.rectifications.moved == 1);
    }
    WHEN("the centre is closed since this morning") {
        const auto told = desk.preview(desk.with(Scope::centre, day), at(2026, 9, 28, 9h));
        CHECK(told.contacts.looked_at == 1);
        CHECK(told.contacts.moved == 0);
        CHECK(told.rectifications.moved == 0);
    }
}
