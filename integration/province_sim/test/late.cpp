#include "integration/province_sim/pending.hpp"

#include "integration/province_sim/test/province.hpp"

#include <catch2/catch.hpp>

using namespace province_sim;
using namespace province_sim::test;
using namespace std::chrono_literals;

SCENARIO("a queueing province says success now, and stores and numbers later") {
    Province province;
    province.fault({{"kind", "late"}, {"store_after_ms", 90'000}});
    CHECK(province.outcome(m1, good_service()) == "success");
    CHECK(province.sql("SELECT message || projectNo || due FROM pending") == "M13720260115000012026-01-15 12:01:30");
    CHECK(province.sql("SELECT outcome || fault || ifnull(serviceNumber, '-') FROM arrival") == "latelate-");
    province.pass(89'999ms);
    CHECK(province.services().empty());
    CHECK(province.outcome(m1, with(good_service(), {{"serviceName", "受理"}})) == "success");
    province.pass(1ms);
    const auto services = province.services();
    REQUIRE(services.size() == 2);
    CHECK(services[0].at("serviceName") == "受理");
    CHECK(services[1].at("serviceName") == "办结");
    CHECK(services[1].at("serviceNumber") == "2");
    CHECK(province.sql("SELECT time FROM service WHERE serviceNumber = 2") == "2026-01-15 12:01:30");
    CHECK(province.sql("SELECT outcome || serviceNumber FROM arrival WHERE id = 1") == "accepted2");
    CHECK(province.sql("SELECT count(*) FROM pending") == "0");
}

SCENARIO("what waits is stored in the order of its time and as of its time, however late somebody asks") {
    Province province;
    for (const int seconds : {30, 10, 20}) {
        province.fault({{"kind", "cut_after_store"}, {"store_after_ms", seconds * 1'000}});
        CHECK(province.send(m1, with(good_service(), {{"serviceName", std::to_string(seconds)}})).cut);
    }
    province.pass(1h);
    const auto settled = province.platform->settle();
    CHECK(settled.stored == 3);
    CHECK(settled.refused == 0);
    CHECK(province.sql("SELECT group_concat(serviceName || '@' || substr(time, 15)) FROM service") ==
          "10@00:10,20@00:20,30@00:30");
}

SCENARIO("any fault that processes may store later, and an honest refusal is still told at once") {
    Province province;
    for (const auto* const kind : {"slow", "empty_body", "gbk_message", "duplicate", "gzip", "vague"}) {
        province.fault({{"kind", kind}, {"store_after_ms", 1'000}});
        province.send(m1, good_service());
    }
    province.fault({{"kind", "http_503"}, {"processed", true}, {"store_after_ms", 1'000}});
    CHECK(province.send(m1, good_service()).status == 503);
    province.fault({{"kind", "late"}, {"store_after_ms", 1'000}});
    CHECK(province.outcome(m1, with(good_service(), {{"serviceName", nullptr}})) == "必填参数serviceName为空");
    CHECK(province.services().empty());
    province.pass(1s);
    CHECK(province.services().size() == 7);
}

SCENARIO("what the store refuses when the time has come is noted, and nobody is told") {
    Province province;
    for (int i = 0; i < 98; ++i) REQUIRE(province.outcome(m1, good_service()) == "success");
    for (int i = 0; i < 2; ++i) {
        province.fault({{"kind", "late"}, {"only", "M1"}, {"store_after_ms", 1'000}});
        CHECK(province.outcome(m1, good_service()) == "success");
        province.fault({{"kind", "late"}, {"only", "M2"}, {"store_after_ms", 1'000}});
        CHECK(province.outcome(m2, good_rating()) == "success");
    }
    province.fault({{"kind", "late"}, {"only", "M2"}, {"store_after_ms", 1'000}});
    CHECK(province.outcome(m2, with(good_rating(), {{"projectNo", "379"}})) == "success");
    province.pass(2s);
    const auto settled = province.platform->settle();
    CHECK(settled.stored == 2);
    CHECK(settled.refused == 3);
    CHECK(province.sql("SELECT group_concat(message || reason || projectNo || substr(time, 15)) FROM refusal") ==
          "M1该办件的服务已超过99条37202601150000100:01,M2评价数据不可重复37202601150000100:01,"
          "M2没有对应的服务数据37900:01");
    CHECK(province.sql("SELECT group_concat(outcome) FROM arrival WHERE fault = 'late'") ==
          "accepted,accepted,refused,refused,refused");
}

SCENARIO("what waits survives the end of the simulator") {
    Folder folder;
    const auto file = folder.path / "province.db";
    {
        Store store{file, false};
        Arrival arrival;
        arrival.at = noon;
        arrival.kind = "M1";
        arrival.outcome = "late";
        store.postpone(check_service(good_service(), noon), arrival, noon + 1s);
    }
    Store store{file, false};
    CHECK(store.waiting() == 1);
    CHECK(store.settle(noon).stored == 0);
    CHECK(store.settle(noon + 1s).stored == 1);
    const auto services = store.services_of(check_query(good_query()));
    REQUIRE(services.size() == 1);
    CHECK(services[0].service_name == "办结");
}

SCENARIO("a service that the far end itself stores twice is named") {
    Province province;
    province.fault({{"kind", "twice"}, {"store_after_ms", 5'000}});
    CHECK(province.outcome(m1, good_service()) == "success");
    CHECK(province.services().size() == 1);
    CHECK(province.outcome(m1, with(good_service(), {{"serviceName", "受理"}})) == "success");
    province.pass(5s);
    CHECK(province.services().size() == 3);
    CHECK(province.sql("SELECT projectNo || serviceName || first_id || second_id || time FROM doubling") ==
          "372026011500001办结132026-01-15 12:00:05");
    CHECK(province.sql("SELECT group_concat(outcome || serviceNumber) FROM arrival WHERE kind = 'M1'") ==
          "accepted1,accepted2");
}

SCENARIO("a far end that deduplicates does not store twice") {
    Province province;
    province.store.refuse_repeated(Dedupe::name_time);
    province.fault({{"kind", "twice"}});
    CHECK(province.outcome(m1, good_service()) == "success");
    CHECK(province.services().size() == 1);
    CHECK(province.sql("SELECT count(*) FROM doubling") == "0");
    CHECK(province.sql("SELECT reason FROM refusal") == "已存在该条服务信息，请勿重复提交");
}
