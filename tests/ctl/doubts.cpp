#include "tests/ctl/working_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

Completion doubtful(const std::string& case_no, const std::string& number) {
    auto event = Desk::completion(case_no, {number});
    event.line = Line{7};
    event.subjects[0].certificate_kind = "ABC";
    return event;
}

}  // namespace

SCENARIO("what hosts will have got wrong is listed with its case, and no number stands there (E36)", "[ctl]") {
    WorkingDesk desk;
    desk.apply({doubtful("A1", "91350100M000100Y44"), Desk::completion("A2", {"91350100M000100Y43"}),
                Desk::completion("A3", {"91350100M000100Y44"})});
    const auto said = desk.ctl({"doubts", "list"});
    CHECK(said.code == 0);
    for (const auto* part :
         {"A1", "A3", "业务类别 7 不在代码表", "证件类型不在代码表", "证件号码的形式或校验位不符", "列出 2 条。"})
        CHECK(has(said.out, part));
    CHECK_FALSE(has(said.out, "A2"));
    CHECK_FALSE(has(said.out, "91350100M"));

    const auto list = desk.ctl({"doubts", "list", "--json"}).json().as_array();
    REQUIRE(list.size() == 2);
    CHECK(list[0].at("case_no") == "A1");
    CHECK(list[0].at("line") == 7);
    CHECK(list[0].at("line_unknown") == true);
    CHECK(list[0].at("kind_unknown") == true);
    CHECK(list[0].at("number_wrong") == false);  // a kind that nobody knows has no check character
    CHECK(list[1].at("number_wrong") == true);

    const auto first = desk.ctl({"doubts", "list", "--limit", "1"});
    CHECK(has(first.out, "可能还有更多"));
    const std::string id{list[0].at("evaluation_id").as_string()};
    CHECK_FALSE(has(desk.ctl({"doubts", "list", "--after", id}).out, "A1"));
}

SCENARIO("where nothing is doubted, and where it is secret, that is said", "[ctl]") {
    WorkingDesk desk;
    auto secret = doubtful("S1", "X");
    secret.secrecy = Secrecy::until_opening();
    desk.apply({secret, Desk::completion("A2", {"91350100M000100Y43"})});
    CHECK(has(desk.ctl({"doubts", "list"}).out, "没有存疑的内容"));
}
