#include "integration/province_sim/platform.hpp"

#include "integration/province_sim/code_tables.hpp"
#include "integration/province_sim/test/province.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace province_sim;
using namespace province_sim::test;
namespace json = boost::json;

SCENARIO("services are numbered by arrival, a repeated one anew, and the answer does not tell the number") {
    Province province;
    const auto answer = province.send(m1, good_service());
    CHECK(answer.status == 200);
    CHECK(province.reply(answer) == json::object{{"C-API-Status", "00"},
                                                 {"C-Response-Code", "000000000000"},
                                                 {"C-Response-Desc", "success"},
                                                 {"C-Response-Body", {{"success", "true"}, {"message", "操作成功"}}}});
    CHECK(province.outcome(m1, good_service()) == "success");
    CHECK(province.outcome(m1, with(good_service(), {{"projectNo", "379"}, {"proProjectNo", "379"}})) == "success");
    const auto services = province.services();
    REQUIRE(services.size() == 3);
    CHECK(services[0] == json::value{{"projectNo", "372026011500001"},
                                     {"serviceNumber", "1"},
                                     {"serviceName", "办结"},
                                     {"serviceTime", "2026-01-15 11:00:00"},
                                     {"proStatus", "3"},
                                     {"commented", "0"},
                                     {"satisfaction", ""},
                                     {"assessTime", ""}});
    CHECK(services[1].at("serviceNumber") == "2");
    CHECK(services[2].at("projectNo") == "379");
    CHECK(services[2].at("serviceNumber") == "1");
}

SCENARIO("a dossier holds ninety-nine services and not one more") {
    Province province;
    for (int i = 0; i < 99; ++i) REQUIRE(province.outcome(m1, good_service()) == "success");
    CHECK(province.outcome(m1, good_service()) == "该办件的服务已超过99条");
    CHECK(province.services().size() == 99);
}

SCENARIO("a rating needs its service, comes once, and not before the service") {
    Province province;
    CHECK(province.outcome(m2, good_rating()) == "没有对应的服务数据");
    REQUIRE(province.outcome(m1, good_service()) == "success");
    CHECK(province.outcome(m2, with(good_rating(), {{"serviceNumber", "2"}})) == "没有对应的服务数据");
    CHECK(province.outcome(m2, with(good_rating(), {{"assessTime", "2026-01-15 10:59:59"}})) ==
          "参数assessTime早于服务时间");
    CHECK(province.services({{"commented", "1"}}).empty());
    CHECK(province.outcome(m2, with(good_rating(), {{"assessTime", "2026-01-15 11:00:00"}})) == "success");
    CHECK(province.outcome(m2, good_rating()) == "评价数据不可重复");
    const auto rated = province.services({{"commented", "1"}});
    REQUIRE(rated.size() == 1);
    CHECK(rated[0].at("satisfaction") == "5");
    CHECK(rated[0].at("assessTime") == "2026-01-15 11:00:00");
    CHECK(province.services({{"commented", "0"}}).empty());
}

SCENARIO("a query finds its own subject only") {
    Province province;
    REQUIRE(province.outcome(m1, good_service()) == "success");
    CHECK(province.services().size() == 1);
    CHECK(province.services({{"creditNum", "91370800000000000Y"}}).empty());
    CHECK(province.services({{"userName", "另一公司"}}).empty());
    CHECK(province.services({{"creditType", "821"}}).empty());

    Province strict{{}, {{"SDGGZY", "TestWord-0001", "370000000000"}, "12345", true}};
    CHECK(strict.outcome(m4, good_query()) == "No match found");
}

SCENARIO("a request whose envelope is wrong is refused") {
    Province province;
    const auto good = province.request(m1, good_service());
    const auto changed = [&good](const std::string& from, const std::string& to) {
        auto request = good;
        const auto at = request.body.find(from);
        REQUIRE(at != std::string::npos);
        request.body.replace(at, from.size(), to);
        return request;
    };
    auto request = good;
    request.content_type = "application/json";
    CHECK(province.outcome(request) == "参数结构不正确：Content-Type应为application/json; charset=utf-8");
    request = good;
    request.tenancy.clear();
    CHECK(province.outcome(request) == "C-Tenancy-Id无效");
    request = good;
    request.body.pop_back();
    CHECK(province.outcome(request) == "参数结构不正确：请求体不是JSON对象");
    CHECK(province.outcome(changed("\"txnCommCom\"", "\"txnComm\"")) == "参数结构不正确：未知参数txnComm");
    CHECK(province.outcome(changed(",\"txnCommCom\":{}", "")) == "参数结构不正确：缺少对象txnCommCom");
    CHECK(province.outcome(changed("\"appMark\":\"SDGGZY\"", "\"appMark\":\"OTHER\"")) == "appMark无效");
    CHECK(province.outcome(changed("TestWord-0001", "TestWord-0002")) == "签名校验失败");
    CHECK(province.outcome(changed("\"time\":\"20260115120000\"", "\"time\":\"20260115120001\"")) == "签名校验失败");
    CHECK(province.outcome(changed("\"time\":\"20260115120000\"", "\"time\":\"2026-01-15 12:00\"")) ==
          "参数结构不正确：time应为yyyyMMddHHmmss");
    CHECK(province.outcome(changed("\"evaluate\":[", "\"evaluate\":[\"[]\",")) ==
          "参数结构不正确：params.evaluate应为一个字符串的数组");
    CHECK(province.outcome(changed("[{\\\"areaCode", "[{},{\\\"areaCode")) ==
          "参数结构不正确：报文应为一条记录的JSON数组");
    CHECK(province.outcome(province.request(m1, good_service(), "20260115115500")) == "success");
    CHECK(province.outcome(province.request(m1, good_service(), "20260115120500")) == "success");
    CHECK(province.outcome(province.request(m1, good_service(), "20260115115459")) == "请求时间超出允许范围");
    CHECK(province.outcome(province.request(m1, good_service(), "20260115120501")) == "请求时间超出允许范围");

    request = good;
    request.method = "GET";
    CHECK(province.platform->handle(request).status == 405);
    request = good;
    request.path = "/hcp/evaluate/online";
    CHECK(province.platform->handle(request).status == 404);
    CHECK(province.services().size() == 2);
}

SCENARIO("with keys, sign and record travel encrypted both ways") {
    const auto ours = generate_key_pair();
    const auto theirs = generate_key_pair();
    const Sm2Format format{Order::c1c3c2};
    Province province{{format, Sm2Decryptor{ours.private_hex}, Sm2Encryptor{theirs.public_hex}}};
    const Sm2Encryptor to_platform{ours.public_hex};
    const auto sealed = [&](const std::string& word, const json::value& record) {
        const json::object body{
            {"txnBodyCom",
             {{"appMark", "SDGGZY"},
              {"time", "20260115120000"},
              {"sign", to_platform.encrypt("20260115120000SDGGZY" + word, format)},
              {"params",
               {{"evaluate", json::array{to_platform.encrypt(json::serialize(json::array{record}), format)}}}}}},
            {"txnCommCom", json::object{}}};
        return Request{"POST", "", "application/json;charset=UTF-8", "370000000000", json::serialize(body)};
    };
    auto submit = sealed("TestWord-0001", good_service());
    submit.path = m1;
    CHECK(province.outcome(submit) == "success");
    auto forged = sealed("TestWord-0002", good_service());
    forged.path = m1;
    CHECK(province.outcome(forged) == "签名校验失败");
    CHECK(province.outcome(m1, good_service()) == "签名校验失败");

    auto query = sealed("TestWord-0001", good_query());
    query.path = m4;
    const auto reply = province.reply(province.platform->handle(query));
    const auto list = Sm2Decryptor{theirs.private_hex}.decrypt(
        reply.at("C-Response-Body").at("serviceList").at(0).as_string(), format);
    REQUIRE(list);
    CHECK(json::parse(*list).as_array().size() == 1);
}

SCENARIO("the indicators come in the national style, former generation included") {
    Province province;
    Request form{"POST", m5, "application/x-www-form-urlencoded", "",
                 "appMark=SDGGZY&time=20260115120000&sign=20260115120000SDGGZYTestWord%2D0001"};
    const auto reply = province.reply(province.platform->handle(form));
    CHECK(reply.at("code") == "0");
    CHECK(reply.at("success") == "true");
    const auto& data = reply.at("data").as_array();
    CHECK(data.size() == t8_indicators().size());
    CHECK(data[0] == json::value{{"starLevel", "5"},
                                 {"usingStatus", "true"},
                                 {"normCode", "510"},
                                 {"iid", "1"},
                                 {"normName", "一窗受理一次办结"},
                                 {"expandNorm", "false"}});
    const auto current =
        std::count_if(data.begin(), data.end(), [](const json::value& one) { return one.at("usingStatus") == "true"; });
    CHECK(current == 40);

    form.body = "appMark=SDGGZY&time=20260115120000&sign=wrong";
    CHECK(province.reply(province.platform->handle(form)).at("message") == "签名校验失败");
    form.body = "appMark=SDGGZY&time=20260115120000";
    CHECK(province.reply(province.platform->handle(form)).at("success") == "false");
}

SCENARIO("each of the eleven ways spoils the answer as it should and stores or does not") {
    Province province;
    const auto stored = [&province] { return province.services().size(); };
    const auto spoilt = [&province](const json::object& wish) {
        province.fault(wish);
        return province.send(m1, good_service());
    };
    const json::value success_body{{"success", "true"}, {"message", "操作成功"}};

    const auto inner = province.reply(spoilt({{"kind", 1}, {"message", "系统内部错误"}}));
    CHECK(inner.at("C-Response-Desc") == "success");
    CHECK(inner.at("C-Response-Body") == json::value{{"success", "false"}, {"message", "系统内部错误"}});
    CHECK(stored() == 0);

    CHECK(province.reply(spoilt({{"kind", 2}})).at("C-Response-Body").as_string() == json::serialize(success_body));
    CHECK(stored() == 1);
    CHECK(province.reply(spoilt({{"kind", 3}})) == success_body.as_object());
    CHECK(stored() == 2);
    const auto empty = spoilt({{"kind", 4}});
    CHECK(empty.status == 200);
    CHECK(empty.body.empty());
    CHECK(stored() == 3);
    CHECK(province.reply(spoilt({{"kind", 5}})).at("C-Response-Desc") == "已存在该条服务信息，请勿重复提交！");
    CHECK(stored() == 4);
    CHECK(province.reply(spoilt({{"kind", 6}})).at("C-Response-Desc") == "没有对应的服务数据");
    CHECK(stored() == 4);
    CHECK(province.reply(spoilt({{"kind", 7}})).at("C-Response-Desc") == "签名校验失败：令牌已过期");
    CHECK(stored() == 4);
    CHECK(spoilt({{"kind", 8}}).cut);
    CHECK(stored() == 5);
    const auto page = spoilt({{"kind", 9}});
    CHECK(page.status == 502);
    CHECK(page.content_type == "text/html");
    CHECK(page.body.find("<html>") == 0);
    CHECK(stored() == 5);
    const auto gbk = spoilt({{"kind", 10}});
    CHECK(gbk.body.find("\xB2\xD9\xD7\xF7\xB3\xC9\xB9\xA6") != std::string::npos);  // 操作成功
    CHECK(stored() == 6);
    const auto slow = spoilt({{"kind", 11}, {"delay_ms", 1'500}});
    CHECK(slow.delay == std::chrono::milliseconds{1'500});
    CHECK(province.reply(slow).at("C-Response-Desc") == "success");
    CHECK(stored() == 7);
}

SCENARIO("the other faults leave nothing behind") {
    Province province;
    for (const auto& [kind, status] : {std::pair{"http_500", 500U}, {"http_429", 429U}, {"http_503", 503U}}) {
        province.fault({{"kind", kind}});
        CHECK(province.send(m1, good_service()).status == status);
    }
    province.fault({{"kind", "http_429"}, {"retry_after_s", 9}});
    CHECK(province.send(m1, good_service()).retry_after_s == 9U);
    province.fault({{"kind", "cut_before_store"}});
    CHECK(province.send(m1, good_service()).cut);
    CHECK(province.services().empty());
}

SCENARIO("what a proxy answers for may have been processed all the same") {
    Province province;
    for (const auto* const kind : {"http_500", "http_429", "http_503", "html_error"}) {
        province.fault({{"kind", kind}, {"processed", true}});
        CHECK(province.send(m1, good_service()).status >= 429);
    }
    CHECK(province.services().size() == 4);
    province.fault({{"kind", "http_503"}, {"retry_after_s", -1}});
    CHECK_FALSE(province.send(m1, good_service()).retry_after_s);
}

SCENARIO("a forced duplicate never hides an honest refusal") {
    Province province;
    province.fault({{"kind", "duplicate"}});
    CHECK(province.outcome(m2, good_rating()) == "没有对应的服务数据");
}

SCENARIO("the figures tell what happened and how many requests of a dossier overlapped") {
    Province province;
    {
        const auto first = province.send(m1, good_service());
        const auto second = province.send(m1, good_service());
        CHECK(province.stats.report().at("in_flight_per_project").at("M1").at("now") == 1);
    }
    province.outcome(m2, with(good_rating(), {{"pf", "9"}}));
    province.fault({{"kind", "cut_after_store"}});
    province.send(m1, good_service());
    const auto report = province.stats.report();
    CHECK(report.at("requests") == 4);
    CHECK(report.at("messages") == json::value{{"M1", {{"accepted", 3}}}, {"M2", {{"refused", 1}}}});
    CHECK(report.at("refusals") == json::value{{"M2", {{"参数pf取值不在码表内", 1}}}});
    CHECK(report.at("faults") == json::value{{"cut_after_store", 1}});
    CHECK(report.at("in_flight_per_project").at("M1") ==
          json::value{{"most", 2}, {"most_in", "372026011500001"}, {"now", 0}});
    CHECK(report.at("in_flight_per_project").at("M2").at("most") == 1);
}

SCENARIO("every second request of a connection is dropped unprocessed until told otherwise") {
    Province province;
    province.fault({{"kind", "drop_second"}});
    for (unsigned number = 1; number <= 6; ++number) {
        auto request = province.request(m1, good_service());
        request.number = number;
        CHECK(province.platform->handle(request).cut == (number % 2 == 0));
    }
    CHECK(province.services().size() == 3);
    province.faults.clear();
    auto request = province.request(m1, good_service());
    request.number = 2;
    CHECK_FALSE(province.platform->handle(request).cut);
}

SCENARIO("a fault may concern one subject alone, whose ratings do not tell whose they are") {
    Province province;
    province.fault({{"kind", "cut_before_store"}, {"count", -1}, {"certificate", "91370800000000000X"}});
    const auto other = with(good_service(), {{"certKey", "9137"}, {"creditNum", "9137"}});
    CHECK(province.send(m1, good_service()).cut);
    CHECK(province.send(m1, with(good_service(), {{"creditNum", nullptr}})).cut);
    CHECK_FALSE(province.send(m1, other).cut);
    CHECK(province.send(m4, good_query()).cut);
    CHECK_FALSE(province.send(m4, with(good_query(), {{"creditNum", "9137"}})).cut);
    CHECK_FALSE(province.send(m2, good_rating()).cut);
}

SCENARIO("a repeated service is refused if the province deduplicates, by name or by name and time") {
    Province province;
    const auto later = with(good_service(), {{"serviceTime", "2026-01-15 11:30:00"}});
    const auto other = with(good_service(), {{"serviceName", "受理"}});
    const auto repeated = "已存在该条服务信息，请勿重复提交";
    province.store.refuse_repeated(Dedupe::name_time);
    CHECK(province.outcome(m1, good_service()) == "success");
    CHECK(province.outcome(m1, good_service()) == repeated);
    CHECK(province.outcome(m1, later) == "success");
    province.store.refuse_repeated(Dedupe::name);
    CHECK(province.outcome(m1, later) == repeated);
    CHECK(province.outcome(m1, other) == "success");
    CHECK(province.outcome(m1, with(good_service(), {{"projectNo", "379"}, {"proProjectNo", "379"}})) == "success");
    province.store.refuse_repeated(Dedupe::none);
    CHECK(province.outcome(m1, good_service()) == "success");
    CHECK(province.services().size() == 5);
}

SCENARIO("a busy subject's list is as long as it was asked for") {
    Province province;
    REQUIRE(province.outcome(m1, good_service()) == "success");
    const BusySubject busy{"91370800000000000X", "某某建设有限公司", "001", 1'000};
    province.store.fill(busy, noon);
    CHECK(province.services().size() == 1'001);
    province.store.fill(busy, noon);
    CHECK(province.services().size() == 2'001);
    CHECK(province.sql("SELECT count(DISTINCT projectNo) FROM service WHERE projectNo LIKE '37BUSY%'") == "2000");
    CHECK(province.services({{"creditNum", "9137"}}).empty());
}

SCENARIO("a judge sees in which order the services of a dossier were asked for") {
    Province province;
    province.fault({{"kind", "cut_before_store"}});
    province.send(m1, with(good_service(), {{"serviceName", "受理"}}));
    province.send(m1, good_service());
    province.send(m2, good_rating());
    CHECK(province.sql("SELECT group_concat(kind || ifnull(name, '-')) FROM arrival") == "M1受理,M1办结,M2-");
}

SCENARIO("what is stored is there for the next start and for a judge") {
    Folder folder;
    const auto file = folder.path / "province.db";
    const auto service = check_service(good_service(), noon);
    {
        Store store{file, false};
        store.accept_service(service, {noon, "M1", "accepted", "372026011500001", 0, "", "", ""});
    }
    Store store{file, false};
    store.accept_service(service, {noon, "M1", "accepted", "372026011500001", 0, "", "", ""});
    store.note({noon, "M2", "refused", "372026011500001", 0, "", "没有对应的服务数据", ""});
    const auto services = store.services_of(check_query(good_query()));
    REQUIRE(services.size() == 2);
    CHECK(services.back().number == 2);

    const auto text = [&file](const char* sql) { return read_sql(file, sql); };
    CHECK(text("SELECT serviceNumber || orgName || certKey || time FROM service WHERE id = 2") ==
          "2市公共资源交易服务中心91370800000000000X2026-01-15 12:00:00");
    CHECK(text("SELECT group_concat(kind || outcome || ifnull(serviceNumber, '-')) FROM arrival") ==
          "M1accepted1,M1accepted2,M2refused-");
    CHECK(text("SELECT message || reason FROM refusal") == "M2没有对应的服务数据");
}
