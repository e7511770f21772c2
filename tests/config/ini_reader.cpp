#include "adapters/config/ini_reader.hpp"

#include "tests/config/fixture.hpp"

using namespace hcp;
using config::read_ini;
using test::has;

SCENARIO("comments stand only at the start of a line, so a value keeps its # and ;", "[config]") {
    const auto ini = read_ini("a.ini", "; one\n  # two\n[s]\nkey =  a # b ; c = d \t\n\n");
    REQUIRE(ini.faults.empty());
    REQUIRE(ini.entries == std::vector<ports::IniEntry>{{"s", "key", "a # b ; c = d", 4}});
}

SCENARIO("a byte order mark and CRLF line ends are of no consequence", "[config]") {
    const auto ini = read_ini("a.ini", "\xEF\xBB\xBF[s]\r\nkey = 值\r\n");
    REQUIRE(ini.faults.empty());
    REQUIRE(ini.entries == std::vector<ports::IniEntry>{{"s", "key", "值", 2}});
}

SCENARIO("a last line without a line end counts", "[config]") {
    CHECK(read_ini("a.ini", "[s]\nk = v").entries.size() == 1);
}

SCENARIO("a section may be continued further down", "[config]") {
    const auto ini = read_ini("a.ini", "[s]\na = 1\n[t]\na = 2\n[s]\nb = 3\n");
    REQUIRE(ini.faults.empty());
    CHECK(ini.find("s", "b")->line == 6);
    CHECK(ini.find("t", "a")->value == "2");
    CHECK(ini.find("t", "b") == nullptr);
}

SCENARIO("text that is not UTF-8 is refused with its line", "[config]") {
    for (const std::string bad : {"\xB2\xE2", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE6\xB5"}) {
        const auto ini = read_ini("a.ini", "[s]\nkey = " + bad + "\nother = 1\n");
        REQUIRE(ini.faults.size() == 1);
        CHECK(ini.faults[0].line == 2);
        CHECK(has(ini.faults[0].problem, "UTF-8"));
        CHECK(ini.entries.size() == 1);
    }
}

SCENARIO("a key given twice names both lines and keeps the first", "[config]") {
    const auto ini = read_ini("a.ini", "[s]\nkey = 1\n\nkey = 2\n");
    REQUIRE(ini.faults.size() == 1);
    CHECK(ini.faults[0].line == 4);
    CHECK(has(ini.faults[0].problem, "第 2 行和第 4 行"));
    CHECK(ini.find("s", "key")->value == "1");
}

SCENARIO("a key before any section is refused, each by itself", "[config]") {
    const auto ini = read_ini("a.ini", "a = 1\nb = 2\n[s]\n");
    REQUIRE(ini.faults.size() == 2);
    CHECK(ini.faults[0].key == "a");
    CHECK(ini.faults[1].line == 2);
}

SCENARIO("the keys below a broken section header do not land in the section above", "[config]") {
    const auto ini = read_ini("a.ini", "[s]\na = 1\n[t ; broken\nb = 2\n");
    REQUIRE(ini.faults.size() == 1);
    CHECK(ini.faults[0].line == 3);
    CHECK(ini.entries.size() == 1);
}

SCENARIO("NUL bytes, control characters, endless lines, empty names and empty values are refused", "[config]") {
    using namespace std::string_literals;
    const auto only_fault = [](const std::string& line) {
        const auto ini = read_ini("a.ini", "[s]\n" + line + "\n");
        REQUIRE(ini.faults.size() == 1);
        CHECK(ini.faults[0].line == 2);
        return ini.faults[0].problem;
    };
    CHECK(has(only_fault("key = a\0b"s), "NUL"));
    CHECK(has(only_fault("key = a\x01"
                         "b"),
              "控制字符"));
    CHECK(has(only_fault("key = a\rb"), "控制字符"));
    CHECK(has(only_fault("key = " + std::string(4091, 'x')), "4096"));
    CHECK(has(only_fault("= 1"), "键名"));
    CHECK(has(only_fault("key ="), "值为空"));
    CHECK(has(only_fault("key"), "键 = 值"));
    CHECK(has(only_fault("[]"), "段名为空"));
    CHECK(read_ini("a.ini", "[s]\nkey = " + std::string(4090, 'x') + "\n").faults.empty());
}

SCENARIO("a value, a key or a section with a character that shows nothing is refused, and a comment may have it",
         "[config]") {
    const auto only_fault = [](const std::string& text) {
        const auto ini = read_ini("a.ini", text);
        REQUIRE(ini.faults.size() == 1);
        CHECK(ini.entries.empty());
        CHECK(has(ini.faults[0].remedy, "重新手工键入"));
        return std::to_string(ini.faults[0].line) + " " + ini.faults[0].key + " " + ini.faults[0].problem;
    };
    CHECK(only_fault("[s]\napp_mark = SD\u200BGGZY\n") == "2 app_mark 这一行含有看不见的字符 U+200B");
    CHECK(only_fault("[s]\napp_mark = SDGGZY\u200B\n") == "2 app_mark 这一行含有看不见的字符 U+200B");
    CHECK(only_fault("[s]\napp_mark = SDGGZY\u00A0\n") == "2 app_mark 这一行含有看不见的字符 U+00A0");
    CHECK(only_fault("[s]\napp_\u200Bmark = SDGGZY\n") == "2  这一行含有看不见的字符 U+200B");
    CHECK(only_fault("[s]\n\uFEFFapp_mark = SDGGZY\n") == "2  这一行含有看不见的字符 U+FEFF");  // two files, joined
    CHECK(only_fault("[s\u00AD]\n") == "1  这一行含有看不见的字符 U+00AD");
    CHECK(read_ini("a.ini", "; \u00A0从网页复制的说明\u200B\n[s]\nkey = 值\n").faults.empty());
}

SCENARIO("wide blanks around a value are blanks, and a tab is no part of one", "[config]") {
    const auto ini = read_ini("a.ini", "[s]　\n　key　=　值　甲　\n\tnext\t=\t1\t\n");
    REQUIRE(ini.faults.empty());
    CHECK(ini.find("s", "key")->value == "值　甲");
    CHECK(ini.find("s", "next")->value == "1");
    CHECK(read_ini("a.ini", "[s]\nkey = a\tb\n").faults.at(0).problem == "值中有制表符");
}

SCENARIO("a file in UTF-16 is one fault, not one a line", "[config]") {
    using namespace std::string_literals;
    const auto ini = read_ini("a.ini", "\xFF\xFE[\0s\0]\0\n\0a\0=\0001\0\n\0"s);
    REQUIRE(ini.faults.size() == 1);
    CHECK(has(ini.faults[0].problem, "UTF-16"));
    CHECK(has(ini.faults[0].remedy, "UTF-8"));
}

SCENARIO("all faults of a file are reported at once, but never more than a hundred", "[config]") {
    CHECK(read_ini("a.ini", "x\n[s]\ny\nk = 1\nk = 2\n[\n").faults.size() == 4);
    std::string noise;
    for (int i = 0; i < 5000; ++i) noise += "x\n";
    CHECK(read_ini("a.ini", noise).faults.size() == 100);
}

SCENARIO("a file that is not there is a fault of the whole file", "[config]") {
    const test::Folder folder;
    const auto missing = config::read_ini_file(folder.root() / "none.ini");
    REQUIRE(missing.faults.size() == 1);
    CHECK(missing.faults[0].line == 0);
    CHECK(config::read_ini_file(folder.root()).faults.size() == 1);
}

SCENARIO("a fault reads as one line that names file, line, section and key", "[config]") {
    CHECK(config::text_of({"a.ini", 7, "store", "pool", "问题", "办法"}) == "a.ini:7 [store] pool：问题；办法");
    CHECK(config::text_of({"a.ini", 0, "", "", "问题", "办法"}) == "a.ini：问题；办法");
}
