#pragma once
#include "adapters/web/language.hpp"

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

// Every sentence of the pages, in both languages, from pages/phrases.txt. Any thread.
namespace hcp::web {

struct Phrase {
    std::string_view key;  // "countdown.over"
    std::string_view zh, en;

    [[nodiscard]] std::string_view in(Language language) const noexcept { return language == Language::en ? en : zh; }
};

[[nodiscard]] std::span<const Phrase> phrases();
// Null when there is none of that key.
[[nodiscard]] const Phrase* find_phrase(std::string_view key);

// The sentence, its {{name}} replaced; nothing is escaped. Empty for an unknown key: a test knows every key that is
// used.
[[nodiscard]] std::string phrase(Language language, std::string_view key,
                                 std::initializer_list<std::pair<std::string_view, std::string>> values = {});

// A template whose [[key]] are replaced by sentences, which are template text themselves.
[[nodiscard]] std::string in_language(Language language, std::string_view page);

}  // namespace hcp::web
