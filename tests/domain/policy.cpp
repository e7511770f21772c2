#include "plugin/domain/policy.hpp"

#include "tests/domain/national_calendar.hpp"

#include <catch2/catch.hpp>

using namespace hcp::domain;
using namespace hcp::test;
using namespace std::chrono_literals;

namespace {

PolicyVersion version(std::string name, std::string_view from, std::string_view to = {}, std::string successor = {}) {
    PolicyVersion v;
    v.name = std::move(name);
    v.valid_from = day(from);
    v.valid_to = day_from(to);
    v.successor = std::move(successor);
    return v;
}

}  // namespace

SCENARIO("the measures are in force from 2020-08-01 to 2022-07-31 and go on with a warning") {
    const PolicyBook book;
    const auto first = book.in_force(at("2020-08-01", 0h));
    CHECK(first.version->name == "2020");
    CHECK_FALSE(first.continued_past_end);
    CHECK_FALSE(first.before_first);

    CHECK_FALSE(book.in_force(at("2022-07-31", 24h - 1us)).continued_past_end);
    const auto past = book.in_force(at("2022-08-01", 0h));
    CHECK(past.version->name == "2020");
    CHECK(past.continued_past_end);

    const auto before = book.in_force(at("2020-07-31", 24h - 1us));
    CHECK(before.version->name == "2020");
    CHECK(before.before_first);
    CHECK_FALSE(before.continued_past_end);
}

SCENARIO("a case is judged by the version of its completion, whatever follows") {
    const PolicyBook book{{version("2022", "2022-08-01"), version("2020", "2020-08-01", "2022-08-01")}};
    CHECK(book.in_force(at("2022-07-31", 24h - 1us)).version->name == "2020");
    CHECK(book.in_force(at("2022-08-01", 0h)).version->name == "2022");
    CHECK_FALSE(book.in_force(at("2042-01-01", 0h)).continued_past_end);
    CHECK(book.versions().front().name == "2020");
}

SCENARIO("between two versions the earlier goes on, unless it names who follows at once") {
    const PolicyBook goes_on{{version("a", "2020-08-01", "2022-08-01"), version("b", "2023-01-01")}};
    CHECK(goes_on.in_force(at("2022-12-31", 0h)).version->name == "a");
    CHECK(goes_on.in_force(at("2022-12-31", 0h)).continued_past_end);
    CHECK(goes_on.in_force(at("2023-01-01", 0h)).version->name == "b");

    const PolicyBook named{{version("a", "2020-08-01", "2022-08-01", "b"), version("b", "2023-01-01")}};
    CHECK(named.in_force(at("2022-08-01", 0h)).version->name == "b");
    CHECK_FALSE(named.in_force(at("2022-08-01", 0h)).continued_past_end);
    CHECK(named.in_force(at("2022-07-31", 0h)).version->name == "a");
}

SCENARIO("versions that name each other in a circle still give an answer") {
    const PolicyBook book{
        {version("a", "2020-08-01", "2021-08-01", "b"), version("b", "2021-08-01", "2022-08-01", "a")}};
    CHECK(book.in_force(at("2030-01-01", 0h)).continued_past_end);
}

SCENARIO("online excludes the day of completion, on site includes the day of business") {
    const PolicyVersion v;
    CHECK(v.window(hcp::domain::Mode::online).completed.anchor == Anchor::excluded);
    CHECK_FALSE(v.window(hcp::domain::Mode::online).on_site);
    CHECK(v.window(hcp::domain::Mode::on_site).completed == v.window(hcp::domain::Mode::online).completed);
    CHECK(v.window(hcp::domain::Mode::on_site).on_site == v.on_site());
    CHECK(v.on_site().anchor == Anchor::inclusive);
    CHECK(v.window(hcp::domain::Mode::unknown) == v.window(hcp::domain::Mode::online));
    CHECK(v.window(hcp::domain::Mode::online).completed.days == 5);
}

SCENARIO("a department has one working day to make contact and five to put things right, the day of receipt excluded") {
    PolicyVersion v;
    v.anchor_online = Anchor::inclusive;  // of the window alone
    v.deadline_end = DeadlineEnd::close_of_business;
    const auto& calendar = national_calendar();
    CHECK(deadline(calendar, day("2024-03-02"), v.contact()).at == at("2024-03-05", 0h));
    CHECK(deadline(calendar, day("2024-03-02"), v.rectification()).at == at("2024-03-09", 0h));
    CHECK(deadline(calendar, day("2024-03-02"), v.appeal()).at == at("2024-03-09", 0h));
}

SCENARIO("a bad review is concrete with a tag or with enough text") {
    const PolicyVersion v;
    CHECK(v.says_enough(Level::dissatisfied, 1, ""));
    CHECK_FALSE(v.says_enough(Level::dissatisfied, 0, "太慢"));
    CHECK_FALSE(v.says_enough(Level::very_dissatisfied, 0, "一二三四五六七八九"));
    CHECK(v.says_enough(Level::very_dissatisfied, 0, "一二三四五六七八九十"));
    CHECK_FALSE(v.says_enough(Level::very_dissatisfied, 0, " \u3000一二三四五六七八九\u3000\n "));
    CHECK(v.says_enough(Level::basically_satisfied, 0, ""));
}
