#include "tests/journal/fixture.hpp"

#include <catch2/catch.hpp>

using namespace hcp;
using Cases = std::vector<std::string>;

SCENARIO("an event set aside can be listed and put back at the end, once", "[journal]") {
    test::Fixture f;
    REQUIRE(f.add_call({"a", "b", "c"}, 1));
    const auto read = f.journal->read(10).value();
    REQUIRE(f.journal->set_aside({&read[1], 1}, "库拒绝：字段过长", test::at(2)));
    REQUIRE(f.journal->forget_through(read[2].at));
    f.reopen();
    REQUIRE(f.add("d", 3));

    const auto list = f.journal->list_set_aside(10).value();
    REQUIRE(list.size() == 1);
    CHECK(list[0].reason == "库拒绝：字段过长");
    CHECK(list[0].set_aside_at == test::at(2));
    CHECK((list[0].event == read[1].event));
    CHECK(f.journal->stats()->set_aside == 1);

    REQUIRE(f.journal->retry_set_aside(list[0].id, test::at(4)));
    CHECK(f.read() == Cases{"d", "b"});
    CHECK(f.journal->read(10).value()[1].accepted_at == test::at(4));
    CHECK(f.journal->list_set_aside(10)->empty());
    CHECK(f.journal->retry_set_aside(list[0].id, test::at(5)).error() == ports::journal_errc::missing);
    CHECK(f.journal->retry_set_aside(99, test::at(5)).error() == ports::journal_errc::missing);
    CHECK(f.read() == Cases{"d", "b"});
}

SCENARIO("several set aside in one step are listed in order, up to the limit", "[journal]") {
    test::Fixture f;
    REQUIRE(f.add_call({"a", "b", "c"}));
    const auto read = f.journal->read(10).value();
    REQUIRE(f.journal->set_aside(read, "毒", test::at(2)));
    const auto two = f.journal->list_set_aside(2).value();
    REQUIRE(two.size() == 2);
    CHECK((two[0].event == read[0].event));
    CHECK((two[1].event == read[1].event));
    CHECK(f.journal->stats()->set_aside == 3);
}

SCENARIO("what is set aside a second time, because its batch was tried again, is there once and counted once",
         "[journal]") {
    test::Fixture f;
    REQUIRE(f.add_call({"a", "b"}));
    const auto read = f.journal->read(10).value();
    REQUIRE(f.journal->set_aside({&read[0], 1}, "毒", test::at(2)));
    const auto once = f.journal->stats().value();
    REQUIRE(f.journal->set_aside(read, "毒", test::at(3)));
    CHECK(f.journal->stats()->set_aside == 2);
    CHECK(f.journal->list_set_aside(10)->at(0).set_aside_at == test::at(2));
    REQUIRE(f.journal->set_aside(read, "毒", test::at(4)));
    CHECK(f.journal->stats()->set_aside == 2);
    CHECK(f.journal->stats()->bytes > once.bytes);
    const auto counted = f.journal->stats()->bytes;
    f.reopen();
    CHECK(f.journal->stats()->bytes == counted);
}
