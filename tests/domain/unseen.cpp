#include "plugin/domain/unseen.hpp"

#include "plugin/domain/utf8.hpp"

#include <catch2/catch.hpp>

using namespace hcp::domain;

SCENARIO("characters come off the front of a text one by one, of every length", "[text]") {
    std::string_view rest = "aé好𠮷";
    CHECK(take_character(rest) == U'a');
    CHECK(take_character(rest) == U'é');
    CHECK(take_character(rest) == U'好');
    CHECK(take_character(rest) == U'𠮷');
    CHECK(rest.empty());
}

SCENARIO("what shows nothing is found, wherever it hides, and named as people look it up", "[text]") {
    for (const std::string_view hidden :
         {"\u0085", "\u00A0", "\u00AD", "\u034F", "\u061C", "\u115F",    "\u180E", "\u200B",
          "\u200D", "\u200E", "\u202E", "\u202F", "\u2028", "\u2029",    "\u205F", "\u2060",
          "\u2066", "\u3164", "\uFE0F", "\uFEFF", "\uFFA0", "\U000E0041"}) {
        const std::string text = "山东" + std::string{hidden} + "SD";
        INFO(text);
        CHECK(first_unseen(text));
        CHECK(first_unseen(hidden));
    }
    CHECK(code_point_text(*first_unseen("SD\u200BGGZY")) == "U+200B");
    CHECK(code_point_text(*first_unseen("\u00A0")) == "U+00A0");
    CHECK(code_point_text(*first_unseen("\U000E0041")) == "U+E0041");
}

SCENARIO("what Chinese keyboards write shows, the ideographic blank among it", "[text]") {
    CHECK_FALSE(first_unseen(""));
    CHECK_FALSE(first_unseen("a b\tc\n"));
    CHECK_FALSE(first_unseen("山东省　公共资源（交易）中心《办法》“非常满意”—…、，。·①𠮷😀"));
}

SCENARIO("a byte order mark is no part of a text in UTF-8, and tells UTF-16", "[text]") {
    CHECK(without_mark("\xEF\xBB\xBF"
                       "a") == "a");
    CHECK(without_mark("a") == "a");
    CHECK(without_mark("\xEF\xBB") == "\xEF\xBB");
    CHECK(without_mark("").empty());
    CHECK(has_utf16_mark("\xFF\xFEv"));
    CHECK(has_utf16_mark("\xFE\xFF"));
    CHECK_FALSE(has_utf16_mark("\xEF\xBB\xBF"));
}
