#include "integration/province_sim/list_format.hpp"

#include "integration/province_sim/control.hpp"
#include "integration/province_sim/test/province.hpp"

#include <catch2/catch.hpp>

using namespace province_sim;
using namespace province_sim::test;
using namespace std::chrono_literals;

namespace {

// A province with one rated service, and the entry of its list.
struct Listing {
    Listing() {
        REQUIRE(province.outcome(m1, good_service()) == "success");
        REQUIRE(province.outcome(m2, good_rating()) == "success");
    }
    json::object entry(const json::object& wish) {
        province.platform->write_lists(parse_list_format(wish));
        return province.services().at(0).as_object();
    }
    Province province;
};

}  // namespace

SCENARIO("a list writes times as it likes") {
    Listing listing;
    const auto time = [&listing](const char* format) { return listing.entry({{"time", format}}).at("serviceTime"); };
    CHECK(time("second") == "2026-01-15 11:00:00");
    CHECK(time("fraction") == "2026-01-15 11:00:00.0");
    CHECK(time("T") == "2026-01-15T11:00:00");
    CHECK(time("minute") == "2026-01-15 11:00");
    CHECK(time("epoch_s") == 1'768'446'000);
    CHECK(time("epoch_ms") == 1'768'446'000'000);
    CHECK(listing.entry({{"time", "T"}}).at("assessTime") == "2026-01-15T11:30:00");
    const auto without = listing.entry({{"time", "absent"}});
    CHECK_FALSE(without.contains("serviceTime"));
    CHECK_FALSE(without.contains("assessTime"));

    REQUIRE(listing.province.outcome(m1, good_service()) == "success");
    CHECK(listing.province.services({{"commented", "0"}}).at(0).as_object().contains("proStatus"));
    listing.province.platform->write_lists(parse_list_format({{"time", "epoch_s"}}));
    CHECK(listing.province.services({{"commented", "0"}}).at(0).at("assessTime") == "");
}

SCENARIO("a list writes names, numbers and levels as it likes") {
    Listing listing;
    CHECK(listing.entry({{"name", "padded"}}).at("serviceName") == " 　办结　 ");
    CHECK_FALSE(listing.entry({{"name", "absent"}}).contains("serviceName"));
    CHECK(listing.entry({{"project_no", "bare"}}).at("projectNo") == "2026011500001");
    CHECK(listing.entry({{"number", "int"}}).at("serviceNumber") == json::value(1));
    CHECK(listing.entry({{"number", "real"}}).at("serviceNumber") == json::value(1.0));
    CHECK(listing.entry({{"number", "from_zero"}}).at("serviceNumber") == json::value(0));
    CHECK_FALSE(listing.entry({{"level", false}}).contains("satisfaction"));
    CHECK(listing.entry({{"level", false}}).at("commented") == "1");
}

SCENARIO("a lagging list shows a service and its rating only some time after they were stored") {
    Province province;
    province.platform->write_lists(parse_list_format({{"lag_ms", 30'000}}));
    REQUIRE(province.outcome(m1, good_service()) == "success");
    province.pass(29'999ms);
    CHECK(province.services().empty());
    province.pass(1ms);
    CHECK(province.services().size() == 1);
    REQUIRE(province.outcome(m2, good_rating()) == "success");
    province.pass(29'999ms);
    CHECK(province.services().at(0).at("commented") == "0");
    CHECK(province.services().at(0).at("satisfaction") == "");
    CHECK(province.services({{"commented", "1"}}).empty());
    province.pass(1ms);
    CHECK(province.services().at(0).at("satisfaction") == "5");
    CHECK(province.services({{"commented", "1"}}).size() == 1);

    province.fault({{"kind", "late"}, {"store_after_ms", 10'000}});
    REQUIRE(province.outcome(m1, good_service()) == "success");
    province.pass(39'999ms);
    CHECK(province.services().size() == 1);
    province.pass(1ms);
    CHECK(province.services().size() == 2);
}

SCENARIO("the control door changes the list in part, tells it and resets it") {
    Province province;
    Control control{
        *province.platform, province.clock, province.store, province.faults, province.mood, province.stats, {}};
    const auto ask = [&control](const std::string& method, const std::string& body = "") {
        return control.handle({method, "/list", "", "", body}).body;
    };
    const auto usual = ask("GET");
    CHECK(usual == R"({"lag_ms":0,"time":"second","name":"exact","project_no":"exact","number":"text","level":true})");
    CHECK(ask("POST", R"({"lag_ms":30000,"time":"T"})") ==
          R"({"lag_ms":30000,"time":"T","name":"exact","project_no":"exact","number":"text","level":true})");
    CHECK(ask("POST", R"({"name":"padded","project_no":"bare","number":"from_zero","level":false})") ==
          R"({"lag_ms":30000,"time":"T","name":"padded","project_no":"bare","number":"from_zero","level":false})");
    CHECK(ask("POST", R"({"number":"roman"})") == R"({"error":"number: one of text, int, real, from_zero"})");
    CHECK(ask("POST", R"({"size":1})") == R"({"error":"size: not known"})");
    CHECK(ask("DELETE") == usual);
}
