#include "adapters/calendar/policy_file.hpp"

#include "adapters/calendar/policy_keys.hpp"
#include "tests/calendar/reading.hpp"
#include "tests/domain/national_calendar.hpp"

#include <catch2/catch.hpp>

using namespace hcp;
using namespace hcp::test;
using domain::PolicyVersion;
using domain::Rule;
using Told = std::vector<std::string>;

namespace {

auto read(std::string_view text) {
    const auto file = ini("policy.ini", text);
    return calendar::policy_from(file.file, file.entries);
}

std::string shipped_policy() {
    return text_in(shipped("policy.ini"));
}

std::string with(std::string text, std::string_view line, std::string_view instead) {
    const auto at = text.find(line);
    REQUIRE(at != text.npos);
    return text.replace(at, line.size(), instead);
}

// The shipped version again under another name and time.
std::string version(std::string_view name, std::string_view from, std::string_view until_line,
                    std::string_view after = "continue") {
    auto text = with(shipped_policy(), "[policy 2020]", "[policy " + std::string{name} + "]");
    text = with(text, "valid_from = 2020-08-01", "valid_from = " + std::string{from});
    text = with(text, "valid_until = 2022-07-31", until_line);
    return with(text, "after_end = continue", "after_end = " + std::string{after}) + "\n";
}

}  // namespace

TEST_CASE("the shipped policy is the measures of 2020") {
    const auto book = read(shipped_policy());
    REQUIRE(told(book.faults).empty());
    REQUIRE(book.value.versions().size() == 1);
    const auto& v = book.value.versions().front();
    REQUIRE(v.basis.size() == 2);
    CHECK(v.basis[0].number == "国办发〔2019〕51号");
    CHECK(v.basis[1].number == "鲁政办发〔2020〕10号");
    CHECK(v.clause(Rule::window).find("5个工作日内未作出评价的默认为“非常满意”") != std::string::npos);
    for (std::size_t rule = 0; rule < domain::rule_count; ++rule) CHECK_FALSE(v.clauses[rule].empty());

    auto bare = v;
    bare.basis.clear();
    bare.clauses = {};
    bare.measures = PolicyVersion{}.measures;
    CHECK(bare.measures.title == v.measures.title);
    CHECK(bare == PolicyVersion{});
}

TEST_CASE("a policy written out reads back as the same policy") {
    const auto book =
        read(version("2020", "2020-08-01", "valid_until = 2022-07-31", "2023") +
             with(with(version("2023", "2023-01-01", ""), "window_kind = working", "window_kind = natural"),
                  "deadline_end = 24:00", "deadline_end = close_of_business"));
    REQUIRE(told(book.faults).empty());
    const auto text = calendar::ini_text(book.value);
    const auto again = read(text);
    CHECK(told(again.faults).empty());
    CHECK(again.value == book.value);
    CHECK(calendar::ini_text(again.value) == text);
}

TEST_CASE("every key that may be left out or must not be is told apart") {
    for (const auto& key : calendar::policy_keys()) {
        CAPTURE(key.name);
        auto text = calendar::ini_text(read(shipped_policy()).value);
        const auto at = text.find('\n' + std::string{key.name} + " = ");
        if (at == text.npos) {
            CHECK_FALSE(key.required);
            continue;
        }
        text.erase(at, text.find('\n', at + 1) - at);
        const auto faults = read(text).faults;
        CHECK(faults.size() == (key.required ? 1u : 0u));
        if (key.required) CHECK(faults.at(0).key == key.name);
    }
}

TEST_CASE("wrong values are told all at once, each with what may be written (E11: on_site_default = on)") {
    auto text = with(shipped_policy(), "window_days = 5", "window_days = 0");
    text = with(text, "window_kind = working", "window_kind = workdays");
    text = with(text, "default_level = 5", "default_level = 2");
    text = with(text, "close_of_business = 17:00", "close_of_business = 25:00");
    text = with(text, "on_site_default = off", "on_site_default = no");
    text = with(text, "identity = either", "idenity = either");
    text = with(text, "basis_2 = 鲁政办发〔2020〕10号 |", "basis_2 = 鲁政办发〔2020〕10号");
    std::vector<std::string> keys;
    for (const auto& f : read(text).faults) {
        CHECK(f.line > 0);
        CHECK_FALSE(f.remedy.empty());
        keys.push_back(f.key);
    }
    CHECK(keys == Told{"identity", "basis_2", "window_days", "window_kind", "close_of_business", "default_level",
                       "on_site_default", "idenity"});
    CHECK(read(with(shipped_policy(), "identity = either", "idenity = either")).faults.at(1).remedy ==
          "最接近的是 identity");
}

TEST_CASE("a default is never a bad review") {
    for (const char* level : {"1", "2", "6", "非常满意"})
        CHECK_FALSE(read(with(shipped_policy(), "default_level = 5", "default_level = " + std::string{level})).ok());
    CHECK(read(with(shipped_policy(), "default_level = 5", "default_level = 3")).ok());
}

TEST_CASE("versions follow one another without overlap") {
    CHECK(read(version("a", "2020-08-01", "valid_until = 2022-07-31") + version("b", "2022-08-01", "")).ok());
    CHECK(read(version("b", "2022-08-01", "") + version("a", "2020-08-01", "valid_until = 2022-07-31")).ok());

    const auto overlap = read(version("a", "2020-08-01", "valid_until = 2022-08-01") + version("b", "2022-08-01", ""));
    REQUIRE(overlap.faults.size() == 1);
    CHECK(overlap.faults[0].section == "policy b");
    CHECK(overlap.faults[0].problem == "与 [policy a] 的有效期重叠");
    CHECK_FALSE(read(version("a", "2020-08-01", "") + version("b", "2022-08-01", "")).ok());
    CHECK_FALSE(read(version("a", "2020-08-01", "valid_until = 2020-07-31")).ok());
    CHECK(read(version("a", "2020-08-01", "valid_until = 2020-08-01")).ok());
}

TEST_CASE("a successor is a later version of the file") {
    CHECK(read(version("a", "2020-08-01", "valid_until = 2022-07-31", "b") + version("b", "2023-01-01", "")).ok());
    const auto unknown =
        read(version("a", "2020-08-01", "valid_until = 2022-07-31", "c") + version("b", "2023-01-01", ""));
    REQUIRE(unknown.faults.size() == 1);
    CHECK(unknown.faults[0].key == "after_end");
    CHECK_FALSE(read(version("a", "2020-08-01", "valid_until = 2022-07-31", "a")).ok());
}

TEST_CASE("a file without a version, or with a section of another kind, is refused") {
    CHECK(told(read("").faults) == Told{"policy.ini:0  没有任何规则版本"});
    CHECK(told(read("[rules]\na = 1\nb = 2\n").faults) == Told{"policy.ini:2  段名不是 “policy 版本名”"});
    CHECK_FALSE(read("[policy a b]\na = 1\n").ok());
}
