#include "plugin/domain/outside_text.hpp"

#include "plugin/domain/unseen.hpp"
#include "plugin/domain/utf8.hpp"
#include "tests/support/utf8_of.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace hcp::domain;
using hcp::test::utf8_of;

SCENARIO("E36: one certificate number, however it is written, is one number", "[outside]") {
    for (const std::string_view written :
         {"91990000000000449U", "91990000000000449U  ", " 91990000000000449u", "９１９９００００００００００４４９Ｕ",
          "9199 0000 0000 0044 9U", "91990000\u00A0000000449u", "\uFEFF91990000000000449U\u200B",
          "\u300091990000000000449u\u3000", "9199\u200D0000000000449U\u200E"}) {
        INFO(written);
        CHECK(folded_number(written) == "91990000000000449U");
    }
    CHECK(folded_number("37010219900101002x") == "37010219900101002X");
    CHECK(folded_number(" \u200B \u3000").empty());
}

SCENARIO("E36: names lose blanks around them and what is invisible; texts only the blanks", "[outside]") {
    CHECK(bare_name("\u3000 P-\u200B1\uFEFF ") == "P-1");
    CHECK(bare_name("P-1\t") == "P-1\t");  // which the entrance refuses: a control is no blank
    CHECK(bare_name("\u200B \u200B") == "");
    CHECK(bare_name("某 项目") == "某 项目");
    CHECK(bare_text("\u00A0 某\u200B项目\u2003") == "某\u200B项目");
    CHECK(first_invisible("P-1") == std::nullopt);
    CHECK(first_invisible("某\u200B项目") == U'\u200B');
    CHECK(without_blanks_around(" \u3000 某 公司\u3000\t\r\n\u0085") == "某 公司");
    CHECK(without_blanks_around("\u3001") == "\u3001");  // shares two bytes with the ideographic blank
    CHECK(without_blanks_around("\x80 ") == "\x80");     // of what is no text, the blanks of ASCII
    CHECK(without_blanks_around(" \xE3\x80") == "\xE3\x80");
}

SCENARIO("E37: what a person wrote keeps its lines and loses what nobody can type", "[outside]") {
    CHECK(as_written("一\r\n二\r三\n四") == "一\n二\n三\n四");
    CHECK(as_written("\u202E反\u202C\u2066向\u2069") == "反向");
    CHECK(as_written("a\tb\x01\x7F\u0085c") == "a bc");
    CHECK(as_written("\u3000\n 好 \n\n") == "好");
    CHECK(as_written("👨‍👩‍👧") == "👨‍👩‍👧");  // joined by what is invisible, and as meant
}

SCENARIO("E37: only what shows counts as text", "[outside]") {
    std::string zero_widths;
    for (int i = 0; i < 10; ++i) zero_widths += "\u200B";
    for (const std::string& nothing :
         {zero_widths, std::string{"\u00A0\u00A0\u00A0\u00A0\u00A0"}, std::string{"\uFEFF"},
          std::string{"\u3000\u3000\u3000"}, std::string{"\x01\x02"}, std::string{"\u2800\u3164\u115F\uFFA0"},
          std::string{"\u0301\u20E3"}}) {
        INFO(nothing);
        CHECK(visible_characters(nothing) == 0);
    }
    CHECK(visible_characters("不好。") == 3);
    CHECK(visible_characters("很 差") == 2);
    CHECK(visible_characters("😡") == 1);
}

SCENARIO("folding any character is well-formed, and doing it again changes nothing", "[outside]") {
    const std::vector<std::string (*)(std::string_view)> folds{bare_text, bare_name, folded_number, as_written};
    for (char32_t c = 1; c <= 0x10FFFF; c += c < 0x3000 || (c >= 0xF900 && c < 0x10000) ? 1 : 7) {
        if (c >= 0xD800 && c < 0xE000) continue;
        const auto text = "a" + utf8_of(c) + "\u0301b" + utf8_of(c);
        for (const auto fold : folds) {
            const auto once = fold(text);
            if (!is_utf8(once) || fold(once) != once) {
                INFO(code_point_text(c));
                CHECK(is_utf8(once));
                CHECK(fold(once) == once);
            }
        }
    }
}
