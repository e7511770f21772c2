#include "plugin/domain/text.hpp"

#include "plugin/domain/utf8.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <cstdint>

using namespace hcp::domain;
using Parts = std::vector<std::string>;

SCENARIO("trimming takes the blanks from both ends and none from within", "[text]") {
    CHECK(trimmed(" \t a b \r\n") == "a b");
    CHECK(trimmed("a") == "a");
    CHECK(trimmed("").empty());
    CHECK(trimmed(" \t\r\n ").empty());
    CHECK(trimmed("\u3000a") == "\u3000a");
}

SCENARIO("trimming takes no blanks but those it is told of", "[text]") {
    CHECK(trimmed(" \ta\r\n", line_blanks) == "a\r\n");
    CHECK(trimmed("\r \n", line_blanks) == "\r \n");
    CHECK(trimmed(" a ", "") == " a ");
    CHECK(trimmed("xxaxx", "x") == "a");
}

SCENARIO("a line of a file is trimmed of ideographic blanks as well, in any order", "[text]") {
    CHECK(trimmed_wide(" \u3000 某 公司\u3000\t\r\n") == "某 公司");
    CHECK(trimmed_wide("\u3000\u3000 \u3000某\u3000公司 \u3000 \u3000") == "某\u3000公司");
    CHECK(trimmed_wide("a") == "a");
    CHECK(trimmed_wide("").empty());
    CHECK(trimmed_wide("\u3000").empty());
    CHECK(trimmed_wide(" \u3000 \u3000\u3000\t").empty());
    CHECK(trimmed_wide("\u3001") == "\u3001");      // shares two bytes with the blank
    CHECK(trimmed_wide("\x80 ") == "\x80");         // the blank's last byte alone
    CHECK(trimmed_wide("\xE3\x80") == "\xE3\x80");  // a blank cut short
}

SCENARIO("joining puts the separator between, and nowhere else", "[text]") {
    CHECK(joined(Parts{}, "、").empty());
    CHECK(joined(Parts{"甲"}, "、") == "甲");
    CHECK(joined(Parts{"甲", "乙", "丙"}, "、") == "甲、乙、丙");
    CHECK(joined(Parts{"", "", ""}, ",") == ",,");
    CHECK(joined(Parts{"a", "b"}, "") == "ab");
    CHECK(joined(std::array<std::string_view, 2>{"a", "b"}, ", ") == "a, b");
}

SCENARIO("splitting keeps every part, the empty ones at the ends too", "[text]") {
    CHECK(split("", ',').empty());
    CHECK(split("a", ',') == Parts{"a"});
    CHECK(split("a,b", ',') == Parts{"a", "b"});
    CHECK(split(",a,,b,", ',') == Parts{"", "a", "", "b", ""});
    CHECK(split(",", ',') == Parts{"", ""});
    CHECK(split(" a , b ", ',') == Parts{" a ", " b "});
    for (const auto* text : {"a", "a,b", ",a,,b,", ","}) CHECK(joined(split(text, ','), ",") == text);
}

SCENARIO("a separator of several characters separates only as a whole", "[text]") {
    CHECK(split("", " | ").empty());
    CHECK(split("a | b", " | ") == Parts{"a", "b"});
    CHECK(split("a| b |c", " | ") == Parts{"a| b |c"});
    CHECK(split(" | a | ", " | ") == Parts{"", "a", ""});
    CHECK(split("a、b", "、") == Parts{"a", "b"});
}

SCENARIO("a text is parted at the first separator", "[text]") {
    using Two = std::pair<std::string_view, std::string_view>;
    CHECK(parted("a=b=c", "=") == Two{"a", "b=c"});
    CHECK(parted("a", "=") == Two{"a", ""});
    CHECK(parted("a=", "=") == Two{"a", ""});
    CHECK(parted("=a", "=") == Two{"", "a"});
    CHECK(parted("", "=") == Two{"", ""});
    CHECK(parted("2020-01-24..2020-01-30", "..") == Two{"2020-01-24", "2020-01-30"});
}

SCENARIO("the first characters of a text are whole ones", "[text]") {
    CHECK(first_characters("公共资源", 2) == "公共");
    CHECK(first_characters("公共资源", 4) == "公共资源");
    CHECK(first_characters("公共资源", 5) == "公共资源");
    CHECK(first_characters("a公b", 2) == "a公");
    CHECK(first_characters("😀a", 1) == "😀");
    CHECK(first_characters("a", 0).empty());
    CHECK(first_characters("", 3).empty());
}

SCENARIO("of more bytes than there is room for, only whole characters are kept", "[text]") {
    CHECK(characters_within("公共", 6) == "公共");
    CHECK(characters_within("公共", 5) == "公");
    CHECK(characters_within("公共", 3) == "公");
    CHECK(characters_within("公共", 2).empty());
    CHECK(characters_within("ab", 1) == "a");
    CHECK(characters_within("ab", 0).empty());
    CHECK(characters_within("", 4).empty());
}

SCENARIO("a number is a number only as the whole of a text", "[text]") {
    CHECK(whole_number<int>("0") == 0);
    CHECK(whole_number<int>("007") == 7);
    CHECK(whole_number<int>("-12") == -12);
    CHECK(whole_number<std::int64_t>("9223372036854775807") == INT64_MAX);
    for (const auto* text : {"", " 1", "1 ", "+1", "1.", "0x1", "1e2", "-", "--1", "１"}) {
        INFO(text);
        CHECK_FALSE(whole_number<int>(text));
    }
}

SCENARIO("a number that does not fit is none", "[text]") {
    CHECK_FALSE(whole_number<int>("2147483648"));
    CHECK_FALSE(whole_number<std::int64_t>("9223372036854775808"));
    CHECK_FALSE(whole_number<unsigned>("-1"));
    CHECK(whole_number<std::uint16_t>("65535") == 65535);
    CHECK_FALSE(whole_number<std::uint16_t>("65536"));
}

SCENARIO("digits are ASCII ones, and no text is not a row of digits", "[text]") {
    CHECK(all_digits("0"));
    CHECK(all_digits("0123456789"));
    for (const auto* text : {"", " ", "1 ", "-1", "1a", "１"}) {
        INFO(text);
        CHECK_FALSE(all_digits(text));
    }
}
