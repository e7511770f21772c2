#include "plugin/domain/tags.hpp"

#include <catch2/catch.hpp>

using namespace hcp::domain;

namespace {

const TagBook book{{
    {"2019-10", Level::dissatisfied, "201", "无样本", Head::items, false},
    {"2020-05", Level::dissatisfied, "207", "没有提供材料样本", Head::items, false},
    {"2020-05", Level::dissatisfied, "214", "服务态度生硬", Head::conduct, true},
    {"2020-05", Level::very_dissatisfied, "115", "服务态度差效率低", Head::conduct, true},
    {"2020-05", Level::dissatisfied, "209", "未在承诺时间内办结", Head::process, false},
}};

std::optional<TagFault> check(Level level, std::vector<std::string> codes) {
    return book.check(level, codes);
}

}  // namespace

SCENARIO("the youngest generation is offered, in the order it was written") {
    CHECK(book.version() == "2020-05");
    const auto offered = book.offered(Level::dissatisfied);
    REQUIRE(offered.size() == 3);
    CHECK(offered[0].code == "207");
    CHECK(offered[1].code == "214");
    CHECK(offered[2].code == "209");
    CHECK(book.offered(Level::very_satisfied).empty());
}

SCENARIO("a version is a month, or a further one of that month, so that text order is time order") {
    for (const auto* good : {"2020-05", "2020-12", "1999-01", "2020-05.2", "2020-05.9"}) CHECK(is_tag_version(good));
    for (const auto* bad : {"",           "May-20",   "20-May",   "2020",     "2020-5",    "2020-00",   "2020-13",
                            "2020-05-01", "2020/05",  "2020/5/1", "202005",   "2020-05.",  "2020-05.1", "2020-05.0",
                            "2020-05.10", "2020-05 ", " 2020-05", "2020-0５", "2020年5月", "v2"}) {
        INFO(bad);
        CHECK_FALSE(is_tag_version(bad));
    }
    CHECK(std::string_view{"2020-05"} < std::string_view{"2020-05.2"});
    CHECK(std::string_view{"2020-05.9"} < std::string_view{"2020-06"});
}

SCENARIO("a selection holds each tag once and only those of its level and generation") {
    CHECK_FALSE(check(Level::dissatisfied, {}));
    CHECK_FALSE(check(Level::dissatisfied, {"214", "207"}));
    CHECK(check(Level::dissatisfied, {"207", "115"}) == TagFault{"115", TagProblem::other_level});
    CHECK(check(Level::dissatisfied, {"207", "207"}) == TagFault{"207", TagProblem::repeated});
    CHECK(check(Level::dissatisfied, {"201"}) == TagFault{"201", TagProblem::retired});
    CHECK(check(Level::dissatisfied, {"999"}) == TagFault{"999", TagProblem::unknown});
}

SCENARIO("an old evaluation still reads as it was written") {
    REQUIRE(book.find("201"));
    CHECK(book.find("201")->text == "无样本");
    CHECK(book.find("2019-10", "201"));
    CHECK_FALSE(book.find("2020-05", "201"));
    CHECK_FALSE(book.find("000"));
}

SCENARIO("no tags at all is a book too") {
    const TagBook none;
    CHECK(none.version().empty());
    CHECK(none.offered(Level::satisfied).empty());
    CHECK(none.check(Level::satisfied, std::vector<std::string>{"510"}) == TagFault{"510", TagProblem::unknown});
}
