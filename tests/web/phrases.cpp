#include "adapters/web/phrases.hpp"

#include "adapters/web/embedded.hpp"
#include "tests/support/project_root.hpp"
#include "tests/support/text_in.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <regex>
#include <set>
#include <string>

using namespace hcp;
using namespace hcp::test;
using web::Language;

namespace {

// Section and name of every {{…}}.
std::set<std::string> marks_in(std::string_view text) {
    static const std::regex mark{R"(\{\{[#^/]?\w+\}\})"};
    using Found = std::regex_iterator<std::string_view::const_iterator>;
    std::set<std::string> marks;
    for (Found at{text.begin(), text.end(), mark}; at != Found{}; ++at) marks.insert(at->str());
    return marks;
}

std::set<std::string> keys_in_templates() {
    static const std::regex mark{R"(\[\[([\w.]*)\]\])"};
    using Found = std::regex_iterator<std::string_view::const_iterator>;
    std::set<std::string> keys;
    for (const auto& file : web::embedded_files())
        if (file.name.ends_with(".mustache"))
            for (Found at{file.bytes.begin(), file.bytes.end(), mark}; at != Found{}; ++at) keys.insert((*at)[1]);
    return keys;
}

std::string sources() {
    std::string all;
    for (const auto& entry : std::filesystem::directory_iterator{project_root() / "adapters/web"})
        if (entry.path().extension() == ".cpp") all += text_in(entry.path());
    return all;
}

bool has_chinese(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xE4; });
}

}  // namespace

SCENARIO("every sentence exists once, in both languages, with the same values", "[web]") {
    std::set<std::string_view> seen;
    for (const auto& phrase : web::phrases()) {
        INFO(phrase.key);
        CHECK(seen.insert(phrase.key).second);
        CHECK_FALSE(phrase.zh.empty());
        CHECK_FALSE(phrase.en.empty());
        CHECK(marks_in(phrase.zh) == marks_in(phrase.en));
    }
    CHECK(seen.size() > 150);
}

SCENARIO("English sentences are in English", "[web]") {
    // The name of the other language, and of the entrance that people have to look for.
    const std::set<std::string_view> named{"switch.language",       "lead.list",         "not_found.remedy",
                                           "ticket_expired.remedy", "signed_off.remedy", "how.link",
                                           "next.contact",          "next.after_opening"};
    for (const auto& phrase : web::phrases()) {
        INFO(phrase.key);
        if (!named.contains(phrase.key)) CHECK_FALSE(has_chinese(phrase.en));
    }
}

SCENARIO("every sentence that a template asks for is there, and none is there for nothing", "[web]") {
    const auto asked = keys_in_templates();
    for (const auto& key : asked) {
        INFO(key);
        CHECK(web::find_phrase(key) != nullptr);
    }
    const auto code = sources();
    // Of what cannot be done the code names the first part, of faults the last, of times the unit.
    const auto named = [&](const std::string& key) {
        const auto dot = key.find('.');
        return code.find('"' + key + '"') != std::string::npos ||
               code.find('"' + key.substr(0, dot) + '"') != std::string::npos ||
               code.find('"' + key.substr(0, dot + 1) + '"') != std::string::npos;
    };
    for (const auto& phrase : web::phrases()) {
        INFO(phrase.key);
        const std::string key{phrase.key};
        CHECK((asked.contains(key) || named(key)));
    }
}

SCENARIO("a sentence takes its values, and what is not there is nothing", "[web]") {
    CHECK(web::phrase(Language::zh, "unit.days", {{"n", "3"}}) == "3 天");
    CHECK(web::phrase(Language::en, "unit.days", {{"n", "3"}}) == "3 days");
    CHECK(web::phrase(Language::en, "unit.days", {{"n", "{{n}}"}}) == "{{n}} days");
    CHECK(web::phrase(Language::en, "no.such").empty());
    CHECK(web::in_language(Language::en, "a [[skip]] b [[no.such]] [[open") == "a Skip to content b  [[open");
}
