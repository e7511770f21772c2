#include "integration/province_sim/checks.hpp"

#include "integration/province_sim/test/samples.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <optional>
#include <vector>

using namespace province_sim;
using namespace province_sim::test;
namespace json = boost::json;

namespace {

template <class Check>
std::optional<std::string> refusal_of(Check check) {
    try {
        check();
        return std::nullopt;
    } catch (const Refusal& refusal) {
        return refusal.what();
    }
}

std::optional<std::string> service_refusal(const json::object& changes) {
    return refusal_of([&] { check_service(with(good_service(), changes), noon); });
}

std::optional<std::string> rating_refusal(const json::object& changes) {
    return refusal_of([&] { check_rating(with(good_rating(), changes), noon, "12345"); });
}

struct Case {
    json::object changes;
    std::string refusal;
};

}  // namespace

SCENARIO("a complete record of a service is taken") {
    const auto fields = check_service(good_service(), noon);
    CHECK(fields.size() == good_service().size());
    CHECK(fields.at("projectNo") == "372026011500001");
}

SCENARIO("what a service may leave out or say otherwise is taken") {
    const std::vector<json::object> changes{
        {{"deptCode", nullptr}},
        {{"taskType", nullptr}},
        {{"taskHandleItem", nullptr}},
        {{"proStatus", "1"}, {"resultDate", nullptr}, {"acceptDate", nullptr}},
        {{"proChannel", "2"}, {"certKey", nullptr}, {"certkeyGOV", "91370800000000000X"}},
        {{"proChannel", nullptr}, {"certKey", nullptr}, {"certkeyGOV", "91370800000000000X"}},
        {{"userProp", "1"}, {"userPageType", "111"}, {"creditType", "111"}},
        {{"creditNum", nullptr}, {"creditType", nullptr}},
        {{"handleUserName", ""}, {"handleUserPageType", ""}},
        {{"serviceTime", "2026-01-15 12:00:00"}},
        {{"userName", repeated("名", 100)}},
        {{"projectNo", "37" + repeated("1", 48)}, {"proProjectNo", "37" + repeated("1", 48)}},
    };
    for (const auto& change : changes) {
        INFO(json::serialize(change));
        CHECK(service_refusal(change) == std::nullopt);
    }
}

SCENARIO("a service without a required field is refused and the field named") {
    for (const auto* const name :
         {"areaCode", "orgcode", "orgName", "taskCode", "proTaskCode", "taskName", "proTaskName", "projectNo",
          "proProjectNo", "proStatus", "serviceName", "serviceTime", "projectType", "userProp", "userName",
          "userPageType", "certKey", "mobile", "resultDate"}) {
        INFO(name);
        const auto expected = "必填参数" + std::string{name} + "为空";
        CHECK(service_refusal({{name, nullptr}}) == expected);
        CHECK(service_refusal({{name, ""}}) == expected);
    }
    CHECK(service_refusal({{"userName", "  "}}) == "必填参数userName为空");
}

SCENARIO("each single fault in a service is refused") {
    const std::vector<Case> cases{
        {{{"serviceNumber", "1"}}, "未知参数serviceNumber"},
        {{{"certKeyGOV", "1"}}, "未知参数certKeyGOV"},
        {{{"promisetime", "2"}}, "未知参数promisetime"},
        {{{"mobile", 0}}, "参数结构不正确：mobile应为字符串"},
        {{{"areaCode", "370800"}}, "参数areaCode格式不正确"},
        {{{"areaCode", "371100000000"}}, "参数orgcode与areaCode、deptCode不一致"},
        {{{"deptCode", "11370800MB2855918"}}, "参数deptCode格式不正确"},
        {{{"deptCode", "11370800MB28559185"}}, "参数orgcode与areaCode、deptCode不一致"},
        {{{"orgcode", "370800000000_11370800MB2855918X"}}, "参数orgcode与areaCode、deptCode不一致"},
        {{{"orgcode", "370800000000_11370800MB2855918"}}, "参数orgcode格式不正确"},
        {{{"orgcode", "370800000000-11370800MB28559184"}}, "参数orgcode格式不正确"},
        {{{"orgName", repeated("中", 101)}}, "参数orgName长度超过100"},
        {{{"proDepart", "另一单位"}}, "参数proDepart与orgName不一致"},
        {{{"deptName", "另一单位"}}, "参数deptName与orgName不一致"},
        {{{"taskType", "11"}}, "参数taskType取值不在码表内"},
        {{{"taskCode", "11370800MB28559184337209901800101"}}, "参数taskCode长度超过31"},
        {{{"taskCode", "1137080"}}, "参数taskCode格式不正确"},
        {{{"taskCode", "11370800MB285591843372099018002"}}, "参数proTaskCode与taskCode不一致"},
        {{{"taskCode", "11370800MB285591843300000000001"}, {"proTaskCode", "11370800MB285591843300000000001"}},
         "自建事项不进行推送"},
        {{{"taskHandleItem", "11370800MB285591843372099018002"}}, "参数taskHandleItem格式不正确"},
        {{{"taskHandleItem", "11370800MB28559184337209901800201"}}, "参数taskHandleItem与taskCode不一致"},
        {{{"taskName", repeated("事", 201)}, {"proTaskName", repeated("事", 201)}}, "参数taskName长度超过200"},
        {{{"proTaskName", "别的事项"}}, "参数proTaskName与taskName不一致"},
        {{{"subMatter", repeated("主", 101)}}, "参数subMatter长度超过100"},
        {{{"projectNo", "2026011500001"}}, "参数projectNo格式不正确"},
        {{{"projectNo", "372026011500002"}}, "参数proProjectNo与projectNo不一致"},
        {{{"projectNo", "37" + repeated("1", 49)}}, "参数projectNo长度超过50"},
        {{{"projectName", repeated("办", 201)}}, "参数projectName长度超过200"},
        {{{"proStatus", "4"}}, "参数proStatus取值不在码表内"},
        {{{"proChannel", "3"}}, "参数proChannel取值不在码表内"},
        {{{"acceptDate", "2026-01-14"}}, "参数acceptDate格式不正确"},
        {{{"resultDate", "2026/01/15 11:00:00"}}, "参数resultDate格式不正确"},
        {{{"serviceName", repeated("名", 101)}}, "参数serviceName长度超过100"},
        {{{"serviceTime", "2026-02-30 11:00:00"}}, "参数serviceTime格式不正确"},
        {{{"serviceTime", "2026-01-15 24:00:00"}}, "参数serviceTime格式不正确"},
        {{{"serviceTime", "2026-01-15 12:00:01"}}, "参数serviceTime不能晚于当前时间"},
        {{{"projectType", "9"}}, "参数projectType取值不在码表内"},
        {{{"promiseTime", "1"}}, "参数promiseTime与projectType不一致"},
        {{{"promiseDay", "五"}}, "参数promiseDay格式不正确"},
        {{{"promiseType", "4"}}, "参数promiseType取值不在码表内"},
        {{{"anticipateDay", "-1"}}, "参数anticipateDay格式不正确"},
        {{{"anticipateType", "9"}}, "参数anticipateType取值不在码表内"},
        {{{"proManager", repeated("人", 31)}}, "参数proManager长度超过30"},
        {{{"userProp", "7"}}, "参数userProp取值不在码表内"},
        {{{"userName", " 某公司"}}, "参数userName格式不正确"},
        {{{"userName", "某公司　"}}, "参数userName格式不正确"},
        {{{"userName", repeated("名", 101)}}, "参数userName长度超过100"},
        {{{"userPageType", "31"}}, "参数userPageType取值不在码表内"},
        {{{"userPageType", "111"}, {"creditType", "111"}},
         "参数userPageType与userProp不符：非自然人不应使用居民身份证"},
        {{{"creditType", "821"}}, "参数creditType与userPageType不一致"},
        {{{"certKey", repeated("9", 19)}}, "参数certKey长度超过18"},
        {{{"certkeyGOV", "91370800000000000X"}}, "参数certkeyGOV与proChannel不符"},
        {{{"proChannel", "2"}}, "必填参数certkeyGOV为空"},
        {{{"creditNum", "91370800000000000Y"}}, "参数creditNum与certKey不一致"},
        {{{"mobile", repeated("1", 19)}}, "参数mobile长度超过18"},
        {{{"handleUserName", repeated("代", 31)}}, "参数handleUserName长度超过30"},
        {{{"handleUserPageType", "1"}}, "参数handleUserPageType取值不在码表内"},
        {{{"handleUserPageCode", repeated("1", 19)}}, "参数handleUserPageCode长度超过18"},
        {{{"dataSource", "37"}}, "参数dataSource格式不正确"},
    };
    for (const auto& [changes, refusal] : cases) {
        INFO(json::serialize(changes));
        CHECK(service_refusal(changes) == refusal);
    }
    CHECK(refusal_of([] { check_service(json::array{good_service()}, noon); }) == "参数结构不正确：记录应为对象");
}

SCENARIO("a complete rating is taken, and so is each that leaves out what it may") {
    const std::vector<json::object> changes{
        {},
        {{"serviceNumber", 99}},
        {{"taskType", nullptr}, {"name", nullptr}},
        {{"evalDetail", nullptr}, {"writingEvaluation", nullptr}},
        {{"satisfaction", "1"}, {"evalDetail", "108"}, {"writingEvaluation", nullptr}},
        {{"satisfaction", "2"}, {"evalDetail", nullptr}, {"writingEvaluation", "等得太久"}},
        {{"satisfaction", "3"}, {"evalDetail", nullptr}, {"writingEvaluation", nullptr}},
        {{"writingEvaluation", repeated("好", 150)}},
        {{"assessTime", "2026-01-15 12:00:00"}},
    };
    for (const auto& change : changes) {
        INFO(json::serialize(change));
        CHECK(rating_refusal(change) == std::nullopt);
    }
    CHECK(check_rating(with(good_rating(), {{"serviceNumber", 7}}), noon, "12345").at("serviceNumber") == "7");
}

SCENARIO("each single fault in a rating is refused") {
    const std::vector<Case> cases{
        {{{"projectNo", nullptr}}, "必填参数projectNo为空"},
        {{{"serviceNumber", nullptr}}, "必填参数serviceNumber为空"},
        {{{"satisfaction", nullptr}}, "必填参数satisfaction为空"},
        {{{"pf", nullptr}}, "必填参数pf为空"},
        {{{"assessTime", nullptr}}, "必填参数assessTime为空"},
        {{{"assessNumber", "1"}}, "未知参数assessNumber"},
        {{{"writingevalua", "好"}}, "未知参数writingevalua"},
        {{{"projectNo", "2026"}}, "参数projectNo格式不正确"},
        {{{"serviceNumber", "0"}}, "参数serviceNumber格式不正确"},
        {{{"serviceNumber", "01"}}, "参数serviceNumber格式不正确"},
        {{{"serviceNumber", -1}}, "参数serviceNumber格式不正确"},
        {{{"serviceNumber", 100}}, "参数serviceNumber长度超过2"},
        {{{"satisfaction", "0"}}, "参数satisfaction取值不在码表内"},
        {{{"satisfaction", "6"}}, "参数satisfaction取值不在码表内"},
        {{{"satisfaction", 5}}, "参数结构不正确：satisfaction应为字符串"},
        {{{"pf", "6"}}, "参数pf取值不在码表内"},
        {{{"name", repeated("名", 101)}}, "参数name长度超过100"},
        {{{"evalDetail", "510,,517"}}, "参数evalDetail取值不在现行指标内："},
        {{{"evalDetail", "510，517"}}, "参数evalDetail取值不在现行指标内：510，517"},
        {{{"evalDetail", "501"}}, "参数evalDetail取值不在现行指标内：501"},
        {{{"evalDetail", "599"}}, "参数evalDetail取值不在现行指标内：599"},
        {{{"evalDetail", "510,406"}}, "参数evalDetail与satisfaction不符：406"},
        {{{"evalDetail", "510,510"}}, "参数evalDetail重复：510"},
        {{{"satisfaction", "2"}, {"evalDetail", nullptr}, {"writingEvaluation", nullptr}},
         "差评必须勾选详情或填写文字评价"},
        {{{"satisfaction", "1"}, {"evalDetail", nullptr}, {"writingEvaluation", " "}},
         "差评必须勾选详情或填写文字评价"},
        {{{"writingEvaluation", repeated("好", 151)}}, "参数writingEvaluation长度超过150"},
        {{{"assessTime", "20260115113000"}}, "参数assessTime格式不正确"},
        {{{"assessTime", "2026-01-15 12:00:01"}}, "参数assessTime不能晚于当前时间"},
    };
    for (const auto& [changes, refusal] : cases) {
        INFO(json::serialize(changes));
        CHECK(rating_refusal(changes) == refusal);
    }
    CHECK_NOTHROW(check_rating(with(good_rating(), {{"pf", "7"}}), noon, "1234567"));
}

SCENARIO("a query must name its subject in full") {
    const auto refusal = [](const json::object& changes) {
        return refusal_of([&] { check_query(with(good_query(), changes)); });
    };
    CHECK(refusal({}) == std::nullopt);
    CHECK(refusal({{"commented", "0"}}) == std::nullopt);
    CHECK(refusal({{"mark", "1"}}) == "参数mark取值不在码表内");
    CHECK(refusal({{"mark", nullptr}}) == "必填参数mark为空");
    CHECK(refusal({{"userName", nullptr}}) == "必填参数userName为空");
    CHECK(refusal({{"creditType", "5"}}) == "参数creditType取值不在码表内");
    CHECK(refusal({{"creditNum", ""}}) == "必填参数creditNum为空");
    CHECK(refusal({{"commented", "2"}}) == "参数commented取值不在码表内");
    CHECK(refusal({{"projectNo", "371"}}) == "未知参数projectNo");
}
