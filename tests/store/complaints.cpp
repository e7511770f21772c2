#include "adapters/store/complaint.hpp"

#include <catch2/catch.hpp>

using namespace hcp::store;

SCENARIO("what a database said is told without the values it names", "[store]") {
    constexpr auto away = store_errc::unavailable;
    CHECK(complaint_of(away, "MySQL 1114", "The table 'cases' is full") == "MySQL 1114: The table 'cases' is full");
    CHECK(complaint_of(away, "MySQL 1045", "Access denied for user 'hcp'@'10.0.0.7' (using password: YES)") ==
          "MySQL 1045: Access denied for user 'hcp'@'10.0.0.7' (using password: YES)");
    CHECK(complaint_of(away, "", "Can't connect to local server through socket '/run/db/s' (2)") ==
          "Can't connect to local server through socket '/run/db/s' (2)");
    CHECK(complaint_of(away, "ORA-1653", "unable to extend table \"HCP\".\"CASES\"\nby 8\n") ==
          "ORA-1653: unable to extend table \"HCP\".\"CASES\" by 8");
    CHECK(complaint_of(away, "MySQL 1690", "value is out of range in '13800138000'") ==
          "MySQL 1690: value is out of range in …");
    CHECK(complaint_of(away, "MySQL 1064", "error near 'values ('secret', 'more')' at line 1") ==
          "MySQL 1064: error near …");
    CHECK(complaint_of(away, "MySQL 1411", "Incorrect value: '张三'") == "MySQL 1411: Incorrect value: …");
    CHECK(complaint_of(away, "MySQL 1411", "Incorrect value: 'without an end") == "MySQL 1411: Incorrect value: …");
}

SCENARIO("of data that it refuses a database is heard by number alone", "[store]") {
    CHECK(complaint_of(store_errc::conflict, "MySQL 1062", "Duplicate entry 'A1' for key 'x'") == "MySQL 1062");
    CHECK(complaint_of(store_errc::refused, "ORA-12899", "value too large for A1") == "ORA-12899");
}

SCENARIO("what a database said is bounded, and a text", "[store]") {
    const auto cut = complaint_of(
        store_errc::corrupt, "", "x" + [] {
            std::string text;
            for (int i = 0; i < 1000; ++i) text += "库";
            return text;
        }());
    CHECK(cut.size() <= most_complaint_bytes + std::string_view{"…"}.size());
    CHECK(cut.ends_with("库…"));
    CHECK(complaint_of(store_errc::corrupt, "ORA-600", "\xb2\xbb") == "ORA-600");
}
