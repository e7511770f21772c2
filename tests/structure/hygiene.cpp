#include "tests/structure/sources.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <iterator>
#include <string_view>

using namespace hcp::test;

namespace {

std::vector<fs::path> product() {
    auto all = sources_below("plugin");
    for (auto& path : sources_below("adapters")) all.push_back(std::move(path));
    return all;
}

std::vector<std::string> lines_matching(const fs::path& path, const std::regex& pattern) {
    std::vector<std::string> found;
    std::ifstream in{root / path};
    std::string line;
    for (int number = 1; std::getline(in, line); ++number)
        if (std::regex_search(line, pattern))
            found.push_back(path.string() + ":" + std::to_string(number) + ": " + line);
    return found;
}

}  // namespace

SCENARIO("no decision asks the machine's clock past the clock port", "[structure]") {
    static const std::regex asks{R"(system_clock::now\(|gettimeofday|clock_gettime|\btime\(nullptr\)|\btime\(NULL\))"};
    for (const auto& source : product()) {
        // The port's own implementation is the one place.
        if (source == fs::path{"plugin/ports/clock.hpp"}) continue;
        CHECK(lines_matching(source, asks) == std::vector<std::string>{});
    }
}

SCENARIO("no statement asks the database for the time", "[structure]") {
    static const std::regex asks{R"(\b(now\s*\(|current_timestamp|sysdate|systimestamp|getdate\s*\()|strftime)",
                                 std::regex::icase};
    for (const auto& entry : fs::recursive_directory_iterator{root / "sql"})
        if (entry.is_regular_file())
            CHECK(lines_matching(fs::relative(entry.path(), root), asks) == std::vector<std::string>{});
}

SCENARIO("every header has its guard and nothing is left to be done later", "[structure]") {
    static const std::regex unfinished{R"(\b(TODO|FIXME|XXX|HACK)\b)"};
    for (const auto& source : product()) {
        if (source.extension() == ".hpp") CHECK(text_in(root / source).starts_with("#pragma once"));
        CHECK(lines_matching(source, unfinished) == std::vector<std::string>{});
    }
}

// M16.3: app/identities/unmask is the one way to who rated, so that nobody sees it who is not on record.
SCENARIO("a subject is opened for the province, for an erasure and for whoever is on record, and nowhere else",
         "[structure]") {
    static const std::regex opens{R"(\b(opened_subject|decode_subject)\()"};
    std::vector<std::string> openers;
    for (const auto& source : product())
        if (!lines_matching(source, opens).empty()) openers.push_back(source.string());
    std::ranges::sort(openers);
    CHECK(openers == std::vector<std::string>{"plugin/app/identities/erase_subject.cpp",
                                              "plugin/app/identities/unmask.cpp",
                                              "plugin/app/province/delivery_step.cpp", "plugin/record/sealed_facts.cpp",
                                              "plugin/record/sealed_facts.hpp"});
}

SCENARIO("every lock is one that clang checks", "[structure]") {
    static const std::regex unchecked{
        R"(std::((recursive_|timed_|recursive_timed_|shared_|shared_timed_)?mutex|lock_guard|unique_lock|scoped_lock|shared_lock|condition_variable(_any)?)\b)"};
    for (const auto& source : product()) {
        if (source == fs::path{"plugin/run/mutex.hpp"}) continue;  // the wrapper itself
        CHECK(lines_matching(source, unchecked) == std::vector<std::string>{});
    }
}

SCENARIO("a failure is never swallowed without a word", "[structure]") {
    static const std::regex swallowed{R"(catch\s*\(\.\.\.\)\s*\{\s*\})"};
    for (const auto& source : product()) CHECK(lines_matching(source, swallowed) == std::vector<std::string>{});
}

namespace {

// What stands once, and the words by which a second copy of it would show: a name that such copies bear, with a type
// before it since a call has none, or what they cannot do without.
struct Home {
    const char* what;
    const char* tell_tale;
    std::vector<fs::path> homes;
};

const fs::path bytes = "plugin/domain/bytes.hpp", text = "plugin/domain/text.hpp",
               descriptor = "plugin/run/descriptor.hpp", owner_only = "plugin/run/owner_only.hpp";

const std::vector<Home> standing_once{
    {"trimming, joining, splitting",
     R"((string|string_view|vector<[\w:]+>|pair<[\w:, ]+>) (trim|strip|join|split|part)\w*\(|void (trim|strip|split)\w*\()",
     {text}},
    {"numbers out of texts", R"(from_chars|\bsto(i|l|ll|ul|ull)\()", {text}},
    {"rows of digits", R"("0123456789"|(string|bool) (is|all)_digits\(std::string_view \w+\))", {text}},
    {"hexadecimal", R"(0123456789abcdef"|string (to_)?hex(_of|_text|lify)?\()", {bytes}},
    {"base64url", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789[-]_", {bytes}},
    {"big-endian integers and fields",
     R"((put|write|append)\w*\(.*uint64_t \w+, (std::size_t|int|unsigned) \w+\)|\w+_field\(\w+& \w+, (View|std::span))",
     {bytes}},
    {"integers byte by byte", R"(<< 8 \||>> shift)", {bytes}},
    {"the hash of a digest", "struct DigestHash", {bytes}},
    {"counting characters", R"(0xC0u?\) [!=]= 0x80)", {"plugin/domain/utf8.hpp"}},
    {"what a secrecy is",
     R"(\.flag\(\))",
     {"plugin/domain/event_codec.cpp", "adapters/store/codec.hpp", "adapters/store/codes.cpp"}},
    {"what an entry of the ledger is made of", R"(\bcanonical(\[|\.(begin|data|end|subspan|first)\())", {}},
    {"the nearest name", R"(\b(diagonal|levenshtein|edit_distance)\b)", {"plugin/domain/nearest_name.cpp"}},
    {"reading whole files", "istreambuf_iterator|ifstream", {}},
    {"descriptors", R"([^\w]::(close|read)\(|O_CLOEXEC|O_DIRECTORY)", {descriptor}},
    {"who may read a secret's file", "S_IRWXG|S_IRWXO", {owner_only}},
    {"addresses", "inet_(pton|aton|addr)", {}},
    {"JSON", R"(\{\\"|R"\w*\([\[{]+")", {}},
};

}  // namespace

SCENARIO("what stands once stands at home", "[structure]") {
    for (const auto& one : standing_once) {
        const std::regex tell_tale{one.tell_tale};
        INFO(one.what);
        for (const auto& source : product()) {
            if (std::find(one.homes.begin(), one.homes.end(), source) != one.homes.end()) continue;
            CHECK(lines_matching(source, tell_tale) == std::vector<std::string>{});
        }
        for (const auto& home : one.homes) CHECK(lines_matching(home, tell_tale) != std::vector<std::string>{});
    }
}

namespace {

// Where texts of SQL stand that are in no table of statements: what a dialect makes or has of its own, what a session
// says of itself, and the journal, which has one file and no dialects.
struct OwnTexts {
    fs::path file;
    std::ptrdiff_t most;
};
const std::vector<OwnTexts> own_texts{
    {"adapters/store/sqlite.cpp", 5},         {"adapters/store/statement.cpp", 1},
    {"adapters/store/sqlite_session.cpp", 3}, {"adapters/store/mysql_session.cpp", 2},
    {"adapters/store/oracle_session.cpp", 8}, {"adapters/store/information_schema.cpp", 2},
    {"adapters/store/mysql.cpp", 1},          {"adapters/store/migrations.cpp", 1},
    {"adapters/store/oracle.cpp", 1},         {"adapters/store/check_database.cpp", 4},
    {"adapters/journal/tables.cpp", 30},
};

// Behind the table of statements, if there is one.
std::ptrdiff_t texts_of_sql(std::string_view source) {
    static const std::regex one{
        R"sql(["(]\s*(select|insert into|delete from|update \w+ set|create (unique )?(table|index)|alter (table|session)|merge into|with (recursive )?\w+ (\(|as))\s)sql",
        std::regex::icase};
    if (const auto table = source.find("_sql;\n"); table != std::string_view::npos) source.remove_prefix(table);
    using Found = std::regex_iterator<std::string_view::const_iterator>;
    return std::distance(Found{source.begin(), source.end(), one}, Found{});
}

}  // namespace

SCENARIO("SQL stands in the tables of statements and of the dialects, and nowhere else", "[structure]") {
    for (const auto& source : product()) {
        const auto own = std::ranges::find(own_texts, source, &OwnTexts::file);
        INFO(source);
        CHECK(texts_of_sql(text_in(root / source)) <= (own == own_texts.end() ? 0 : own->most));
    }
    CHECK(texts_of_sql("constexpr struct { x{\"select 1\"} \n} cases_sql;\n") == 0);
    CHECK(texts_of_sql("\n} cases_sql;\n run(\"select 1\"); run(R\"(\n  Delete from t)\");") == 2);
    for (const char* wrong : {"\"select id from t\"", "\" insert into t values (1)\"", "\"update t set a = 1\"",
                              "\"create table t (id int)\"", "(\n  with a as (select 1)"})
        CHECK(texts_of_sql(wrong) >= 1);
}

SCENARIO("what hosts and people wrote is set apart on a page, whichever way it runs", "[structure]") {
    static const std::regex bare{R"((^|[^>])\{\{(item|node|project|section|case_no|department)\}\})"};
    static const std::regex apart{R"(<bdi lang="zh-CN">\{\{(item|node|project|section|case_no|department)\}\}</bdi>)"};
    int found = 0;
    for (const auto& entry : fs::directory_iterator{root / "adapters/web/pages"}) {
        if (entry.path().extension() != ".mustache") continue;
        const auto page = fs::relative(entry.path(), root);
        CHECK(lines_matching(page, bare) == std::vector<std::string>{});
        found += static_cast<int>(lines_matching(page, apart).size());
    }
    CHECK(found >= 8);
}
