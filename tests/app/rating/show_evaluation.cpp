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
