#include "integration/province_sim/mood.hpp"

#include "integration/province_sim/control.hpp"
#include "integration/province_sim/test/province.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <vector>

using namespace province_sim;
using namespace province_sim::test;
using namespace std::chrono_literals;

namespace {

Temper certain(double Temper::*what) {
    Temper temper;
    temper.*what = 1;
    return temper;
}

Temper mixed() {
    return parse_temper({{"seed", 7},
                         {"lost", 0.03},
                         {"cut_before", 0.03},
                         {"cut_after", 0.04},
                         {"late", 0.1},
                         {"late_ms", 90'000},
                         {"twice", 0.02},
                         {"inner_failure", 0.05},
                         {"busy_stored", 0.03},
                         {"hard_to_read", 0.02}});
}

// How the next requests of this message fare: kind, and how often.
std::map<std::string_view, int> counted(Mood& mood, std::string_view message, int requests) {
    std::map<std::string_view, int> kinds;
    for (int i = 0; i < requests; ++i) {
        const auto fault = mood.draw(message);
        ++kinds[fault ? name_of(fault->kind) : "honest"];
    }
    return kinds;
}

}  // namespace

SCENARIO("equal seeds and equal arrivals fare equally, whatever comes in between of no effect") {
    Mood left;
    Mood right;
    left.begin(mixed());
    right.begin(mixed());
    for (int i = 0; i < 1'000; ++i) {
        const auto one = left.draw("M1");
        const auto other = right.draw("M1");
        REQUIRE(one.has_value() == other.has_value());
        if (one) CHECK(describe(*one) == describe(*other));
        // A request that cannot be stored twice throws as many dice as one that can.
        CHECK(left.draw("M4").has_value() == right.draw("M5").has_value());
    }
    left.begin(mixed());
    right.end();
    right.begin(mixed());
    CHECK(counted(left, "M1", 500) == counted(right, "M1", 500));
}

SCENARIO("each way comes as often as it is said to") {
    Mood mood;
    mood.begin(mixed());
    auto m1s = counted(mood, "M1", 100'000);
    const auto near = [](int count, double part) { return count > 90'000 * part && count < 110'000 * part; };
    CHECK(near(m1s["cut_before_store"], 0.06));
    CHECK(near(m1s["cut_after_store"], 0.09));  // half of those that are late
    CHECK(near(m1s["late"], 0.05));
    CHECK(near(m1s["twice"], 0.02));
    CHECK(near(m1s["inner_failure"], 0.05));
    CHECK(near(m1s["http_503"] + m1s["http_429"] + m1s["html_error"], 0.03));
    CHECK(near(m1s["honest"], 0.68));
    for (const auto kind : kinds_hard_to_read()) CHECK(m1s[name_of(kind)] > 0);
    CHECK(m1s["echo"] == 0);

    auto m4s = counted(mood, "M4", 100'000);
    CHECK(m4s["twice"] == 0);
    CHECK(m4s["late"] == 0);
    CHECK(m4s["inner_failure"] == 0);
    CHECK(near(m4s["slow"], 0.1));
    CHECK(near(m4s["cut_before_store"], 0.06));
    CHECK(counted(mood, "-", 1'000) == std::map<std::string_view, int>{{"honest", 1'000}});
}

SCENARIO("late means at any time up to the limit, for the storing or, where nothing is stored, for the answer") {
    Mood mood;
    mood.begin(certain(&Temper::late));
    std::chrono::milliseconds least{1h};
    std::chrono::milliseconds most{0};
    for (int i = 0; i < 1'000; ++i) {
        const auto fault = mood.draw(i % 2 == 0 ? "M1" : "M2").value();
        CHECK(fault.processed);
        least = std::min(least, fault.store_after);
        most = std::max(most, fault.store_after);
        const auto slow = mood.draw("M4").value();
        CHECK(slow.kind == FaultKind::slow);
        CHECK(slow.delay < 90s);
    }
    CHECK(least < 1s);
    CHECK(most > 89s);
    CHECK(most < 90s);
}

SCENARIO("in each mood the province stores what it should, and says so or does not") {
    struct Case {
        double Temper::*what;
        std::size_t at_once, in_the_end;
    };
    for (const auto& one :
         {Case{&Temper::lost, 0, 0}, Case{&Temper::cut_before, 0, 0}, Case{&Temper::cut_after, 20, 20},
          Case{&Temper::late, 0, 20}, Case{&Temper::twice, 20, 40}, Case{&Temper::inner_failure, 0, 0},
          Case{&Temper::busy_stored, 20, 20}, Case{&Temper::hard_to_read, 20, 20}}) {
        Province province;
        auto temper = certain(one.what);
        temper.late_up_to = 5min;
        province.mood.begin(temper);
        for (int i = 0; i < 20; ++i) province.send(m1, good_service());
        province.mood.end();
        CHECK(province.services().size() == one.at_once);
        province.pass(5min);
        CHECK(province.services().size() == one.in_the_end);
    }
}

SCENARIO("what the far end doubles in its mood is named pair by pair") {
    Province province;
    province.mood.begin(certain(&Temper::twice));
    for (int i = 0; i < 5; ++i) province.send(m1, good_service());
    province.pass(90s);
    province.platform->settle();
    CHECK(province.sql(
              "SELECT count(*) FROM doubling d JOIN service a ON a.id = d.first_id JOIN service b ON b.id = "
              "d.second_id WHERE a.serviceName = b.serviceName AND a.projectNo = b.projectNo AND a.id < b.id") == "5");
}

SCENARIO("a failure inside is one that invites to come again") {
    Province province;
    province.mood.begin(certain(&Temper::inner_failure));
    CHECK(province.reply(province.send(m2, good_rating())).at("C-Response-Body").at("message") == "系统繁忙，请稍后");
    CHECK(province.services().empty());
}

SCENARIO("a fault that was asked for comes before the mood, and the limit before both") {
    Province province;
    province.mood.begin(certain(&Temper::cut_after));
    province.fault({{"kind", "http_500"}});
    CHECK(province.send(m1, good_service()).status == 500);
    CHECK(province.send(m1, good_service()).cut);
    province.platform->limit().allow({1, 1});
    CHECK(province.send(m1, good_service()).cut);
    CHECK(province.send(m1, good_service()).status == 429);
}

SCENARIO("a moody list lags, by the longer of two lags, and no longer than the mood lasts") {
    Province province;
    Temper temper;
    temper.lag = 30s;
    REQUIRE(province.outcome(m1, good_service()) == "success");
    province.pass(20s);
    province.mood.begin(temper);
    CHECK(province.services().empty());
    province.mood.end();
    CHECK(province.services().size() == 1);
    province.platform->write_lists(parse_list_format({{"lag_ms", 60'000}}));
    province.mood.begin(temper);
    province.pass(39s);
    CHECK(province.services().empty());
    province.mood.end();
    CHECK(province.services().empty());
    province.pass(1s);
    CHECK(province.services().size() == 1);
}

SCENARIO("the control door begins a mood, tells it and ends it") {
    Province province;
    Control control{
        *province.platform, province.clock, province.store, province.faults, province.mood, province.stats, {}};
    const auto ask = [&control](const std::string& method, const std::string& body = "") {
        return control.handle({method, "/mood", "", "", body}).body;
    };
    CHECK(ask("GET") == R"({"mood":null})");
    const auto told = ask("POST", R"({"seed":7,"lost":0.5,"late_ms":1000,"lag_ms":30000})");
    const auto mood = json::parse(told).at("mood");
    CHECK(mood.at("seed") == json::value(7U));
    CHECK(mood.at("lost") == json::value(0.5));
    CHECK(mood.at("late_ms") == 1'000);
    CHECK(mood.at("lag_ms") == 30'000);
    CHECK(ask("GET") == told);
    CHECK(ask("POST", R"({"lost":0.6,"late":0.6})") == R"({"error":"the probabilities add up to more than 1"})");
    CHECK(ask("POST", R"({"lost":2})") == R"({"error":"lost: a number from 0 to 1"})");
    CHECK(ask("POST", R"({"luck":1})") == R"({"error":"luck: not known"})");
    CHECK(ask("DELETE") == R"({"mood":null})");
}
