#include "plugin/app/rating/show_evaluation.hpp"

#include "plugin/app/rating/unanswered_cursor.hpp"
#include "tests/support/many_open.hpp"
#include "tests/support/memory_desk.hpp"

using namespace hcp;
using namespace hcp::test;

SCENARIO("a subject with 100,000 open evaluations has them in pages of 200, each once, by deadline", "[rating]") {
    MemoryDesk desk;
    const auto first = Desk::completion("C0");
    open_many(desk, first, 100'000);
    const auto walked = walk_open(desk, first);
    CHECK(walked.evaluations == 100'000);
    CHECK(walked.in_order);
    CHECK(walked.longest == app::most_unanswered_in_page);
    CHECK(walked.pages == 500);
}

SCENARIO("a page has only what may be rated at that instant", "[rating]") {
    MemoryDesk desk;
    const auto early = Desk::completion("C1"), late = Desk::completion("C2"), rated = Desk::completion("C3"),
               foreign = Desk::completion("C4", {"91370000BBBBBBBB2X"});
    desk.apply({early, rated, foreign});
    desk.clock.set(desk.clock.now() + 24h * 7);
    desk.apply({late});
    const auto ends = desk.view(early).evaluation.deadline;
    REQUIRE(ends < desk.view(late).evaluation.deadline);
    desk.rate(rated, Level::satisfied, ends - 1us);
    const auto listed = [&](Instant now, std::optional<ports::UnansweredPlace> after = {}) {
        const auto page =
            desk.show->unanswered_of_subject(SubjectType::legal, early.subjects[0].certificate_no, after, now).value();
        CHECK_FALSE(page.next);
        std::vector<std::string> case_nos;
        for (const auto& one : page.evaluations) case_nos.push_back(one.facts.case_no);
        return case_nos;
    };
    using Names = std::vector<std::string>;
    CHECK(listed(ends - 1us) == Names{"C1", "C2"});
    CHECK(listed(ends) == Names{"C2"});
    THEN("a cursor from before brings nothing back that is late by now") {
        CHECK(listed(ends, ports::UnansweredPlace{ends - 1h, EvaluationId{1}}) == Names{"C2"});
        CHECK(listed(ends - 1us, ports::UnansweredPlace{ends, desk.view(early).evaluation.id}) == Names{"C2"});
    }
}

SCENARIO("a cursor says where a page ended, and nothing else is one", "[rating]") {
    const ports::UnansweredPlace place{instant_from_us(1'772'000'000'000'001), EvaluationId{9'007'199'254'740'993}};
    const auto read = app::place_of(app::cursor_of(place));
    REQUIRE(read);
    CHECK(read->deadline == place.deadline);
    CHECK(read->id == place.id);
    for (const auto* bad : {"", "-", "1", "1-", "-1", "0-1", "1-0", "1-1-1", " 1-1", "1-1 ", "+1-1", "1-1e3",
                            "99999999999999999999-1", "1-99999999999999999999", "x-y"})
        CHECK_FALSE(app::place_of(bad));
}

SCENARIO("an on-site completion follows M7, and its page says so (E48)", "[rating]") {
    MemoryDesk desk;
    auto event = Desk::completion("C1");
    event.completed_at = at(2026, 10, 12, 10h);
    event.mode = Mode::on_site;
    desk.clock.set(event.completed_at);
    desk.apply({event});
    const auto facts = desk.show->by_token(desk.token(event), desk.clock.now()).value();
    REQUIRE(facts);
    CHECK(facts->deadline == at(2026, 10, 20, 0h));  // 10-19 24:00
    CHECK(facts->clause.find("第7条") != std::string::npos);
    CHECK(facts->clause.find("第10条") == std::string::npos);
}

SCENARIO("beside a clause whose time is over its end is said, and that it goes on (M22.1)", "[rating]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    const auto validity = [&](Instant now) {
        return desk.show->by_token(desk.token(event), now).value()->clause_validity;
    };
    CHECK(validity(desk.clock.now()) == "这项规定的有效期至 2022-07-31，期满后没有新的规定，继续沿用（第22条）");
    CHECK(validity(at(2022, 7, 31)).empty());
}

SCENARIO("a default has no receipt and no time of receiving, and neither has anybody's rating another's (M7.3)",
         "[rating]") {
    MemoryDesk desk;
    const auto rated = Desk::completion("C1"), silent = Desk::completion("C2");
    desk.apply({rated, silent});
    desk.rate(rated, Level::very_satisfied, desk.clock.now());
    desk.clock.set(desk.view(silent).evaluation.deadline + 60s);
    REQUIRE(desk.settler->sweep(desk.clock.now(), 10)->defaulted == 1);
    const auto shown = [&](const Completion& event) {
        return *desk.show->by_token(desk.token(event), desk.clock.now()).value()->rating;
    };
    CHECK(shown(rated).receipt != "");
    CHECK(shown(rated).received_at);
    CHECK(shown(silent).receipt.empty());
    CHECK_FALSE(shown(silent).received_at);
}
