#include "adapters/province/listed_services.hpp"

#include "tests/province/examples.hpp"

#include <catch2/catch.hpp>

using namespace hcp;
using namespace hcp::test;
using province::read_services;

namespace {

std::string one(const std::string& members) {
    return R"([{"projectNo":"37A",)" + members + "}]";
}
std::string numbered(const std::string& number) {
    return one(R"("serviceNumber":)" + number);
}
ports::KnownService only(const std::string& list, const ports::ProvinceProfile& profile = shandong()) {
    const auto services = read_services(list, profile);
    REQUIRE(services);
    REQUIRE(services->size() == 1);
    return services->front();
}

}  // namespace

TEST_CASE("services are read in the order of their dossiers and numbers", "[province][listed]") {
    const auto services = read_services(R"([
        {"projectNo":"37B","serviceNumber":"1","serviceName":"乙","serviceTime":"2026-01-15 09:00:00"},
        {"projectNo":"37A","serviceNumber":"2","serviceName":"中标公示","serviceTime":"2026-01-15 09:00:00","commented":"1","satisfaction":"4"},
        {"projectNo":"37A","serviceNumber":1,"serviceName":"招标公告","serviceTime":"2026-01-14 09:00:00","commented":"0"}])",
                                        shandong());
    REQUIRE(services);
    CHECK(*services == std::vector<ports::KnownService>{
                           {"37A", 1, "招标公告", "2026-01-14 09:00:00", false, {}},
                           {"37A", 2, "中标公示", "2026-01-15 09:00:00", true, domain::Level::satisfied},
                           {"37B", 1, "乙", "2026-01-15 09:00:00", false, {}}});
    CHECK(read_services("[]", shandong())->empty());
}

TEST_CASE("a number is a number however it is written", "[province][listed]") {
    for (const auto* number : {"1", R"("1")", "1.0", R"("1.0")", R"(" 1 ")"}) CHECK(only(numbered(number)).number == 1);
    for (const auto* none : {"0", R"("0")", "-1", "1.5", R"("1.5")", "null", "[]", R"("a")", "1e30"})
        CHECK_FALSE(read_services(numbered(none), shandong()));
    auto from_zero = shandong();
    from_zero.listed.first_number = 0;
    CHECK(only(numbered("0"), from_zero).number == 1);
    CHECK(only(numbered("4"), from_zero).number == 5);
}

TEST_CASE("a time is a time however it is written", "[province][listed]") {
    const auto time = [](const std::string& json) { return only(one(R"("serviceNumber":1,"serviceTime":)" + json)); };
    for (const auto* second :
         {R"("2026-01-15 09:00:01")", R"("2026-01-15 09:00:01.0")", R"("2026-01-15T09:00:01")",
          R"("2026-01-15T09:00:01.123+08:00")", R"("2026-01-15T01:00:01Z")", R"("2026/01/15 09:00:01")",
          R"(" 2026-01-15 09:00:01 ")", "1768438801", "1768438801000", R"("1768438801000")", R"("20260115090001")"})
        CHECK(time(second).service_time == "2026-01-15 09:00:01");
    CHECK(time(R"("2026-01-15 09:00")").service_time == "2026-01-15 09:00");
    for (const auto* none : {R"("")", "null", R"("2026-01-15")", R"("昨天")", "{}"})
        CHECK(time(none).service_time.empty());
}

TEST_CASE("names lose the blanks around them, and a project number has its prefix", "[province][listed]") {
    CHECK(only(one(R"("serviceNumber":1,"serviceName":"　 招标公告 ")")).service_name == "招标公告");
    CHECK(only(R"([{"projectNo":"A","serviceNumber":1}])").project_no == "37A");
}

TEST_CASE("what cannot be read whole is not read in part", "[province][listed]") {
    for (const auto* other : {"", "{}", "[1]", "x", R"([{"projectNo":"37A"}])", R"([{"serviceNumber":1}])",
                              R"([{"projectNo":"37A","serviceNumber":1},{"projectNo":"37A","serviceNumber":"1"}])"})
        CHECK_FALSE(read_services(other, shandong()));
}
