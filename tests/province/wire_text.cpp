#include "adapters/province/wire_text.hpp"

#include "plugin/domain/utf8.hpp"
#include "tests/province/examples.hpp"

#include <catch2/catch.hpp>

using namespace hcp;
using namespace hcp::province;

TEST_CASE("times on the wire are those of Shanghai, fractions dropped", "[province][text]") {
    const auto t = test::half_past_nine + std::chrono::microseconds{123'999};
    CHECK(stamp(t) == "20260115093000");
    CHECK(stamp_with_ms(t) == "20260115093000123");
    CHECK(wire_time(t) == "2026-01-15 09:30:00");
    CHECK(wire_time(domain::Instant{std::chrono::sys_days{std::chrono::year{2025} / 12 / 31}} +
                    std::chrono::hours{16}) == "2026-01-01 00:00:00");
    CHECK(stamp(domain::Instant{std::chrono::microseconds{-1}}) == "19700101075959");
}

TEST_CASE("a text is cut at a character, and the ellipsis counts", "[province][text]") {
    CHECK(cut("办事效率", 4) == "办事效率");
    CHECK(cut("办事效率高", 4) == "办事效…");
    CHECK(cut("a😀b😀c", 4) == "a😀b…");
    CHECK(cut("ab", 1) == "…");
    CHECK(cut("ab", 0).empty());
    for (std::size_t limit = 0; limit < 8; ++limit) {
        const auto text = cut("é办😀aé办😀", limit);
        CHECK(domain::is_utf8(text));
        CHECK(domain::characters(text) == std::min<std::size_t>(limit, 7));
    }
}

TEST_CASE("what is not UTF-8 is read as GB18030, and what is neither keeps its ASCII", "[province][text]") {
    CHECK(to_utf8("评价数据不可重复") == "评价数据不可重复");
    CHECK(to_utf8("\xC7\xA9\xC3\xFB\xB4\xED\xCE\xF3") == "签名错误");
    CHECK(to_utf8("ok \xFF\xFF") == "ok ??");
}

TEST_CASE("the far end's words enter a log on one line, masked and short", "[province][text]") {
    CHECK(fit_for_log("证件号37080019900101123X不符") == "证件号******不符");
    CHECK(fit_for_log("代码12345，电话１３８００１３８０００") == "代码12345，电话******");
    CHECK(fit_for_log(" 甲\n乙\t") == "甲 乙");
    CHECK(fit_for_log("\xC7\xA9\xC3\xFB") == "签名");
    std::string longer;
    for (int i = 0; i < 200; ++i) longer += "长";
    CHECK(domain::characters(fit_for_log(longer)) == 120);
}
