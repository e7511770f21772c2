#include "adapters/sheets/csv.hpp"

#include "tests/sheets/sample.hpp"

#include <catch2/catch.hpp>

using namespace hcp;

SCENARIO("a list as CSV is quoted, carries its mark in each row, and begins no formula", "[sheets]") {
    const std::string mark = ",张三（S1） 2026-09-24 15:20:00 Ab3\r\n";
    CHECK(sheets::csv_of(test::sample_sheet()) ==
          "\xEF\xBB\xBF"
          "办件,次数,时间,导出标记\r\n"
          "A-1,3,2026-09-24 15:20:05" +
              mark + "\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"看\"\")\",-7," + mark +
              "\"'+86 130\",0,\"'@SUM(A1)\"" + mark + "\"'-2+3\",5000000000,\"'\t=1\"" + mark +
              "\"一行，\"\"引号\"\"\n又一行\",,<b>&\x01" + mark + ",," + mark);
}

SCENARIO("a list without rows is its titles", "[sheets]") {
    CHECK(sheets::csv_of({"推送", "S1", {"办件"}, {}}) == "\xEF\xBB\xBF办件,导出标记\r\n");
}
