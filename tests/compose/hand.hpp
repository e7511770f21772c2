#pragma once
#include "tests/support/utf8_of.hpp"

#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

namespace hcp::test {

// How somebody writes what he means: as it is, or as forms, spreadsheets and input methods leave it, each time in
// another way. The same must come of both (E36, E37).
class Hand {
public:
    enum class Manner { bare, padded };
    explicit Hand(Manner manner) : pads_{manner == Manner::padded} {}

    // Blanks at both ends. What is absent is blanks alone.
    std::string key(std::string_view text) { return pads_ ? blanks() + std::string{text} + blanks() : plain(text); }
    // And something within that shows nothing.
    std::string name(std::string_view text) {
        if (!pads_ || text.empty()) return key(text);
        const auto first = length_of_first(text);
        return unseen() + key(std::string{text.substr(0, first)} + unseen() + std::string{text.substr(first)}) +
               unseen();
    }
    // And blanks within, digits and letters in full width, small letters.
    std::string number(std::string_view text) {
        if (!pads_) return plain(text);
        std::string out;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const char c =
                text[i] >= 'A' && text[i] <= 'Z' && i % 2 == 0 ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
            out += ++turn_ % 3 == 0 ? utf8_of(U'\uFF01' + static_cast<char32_t>(c - '!')) : std::string{c};
            if (i % 4 == 3) out += turn_ % 2 == 0 ? blanks() : unseen();
        }
        return key(out);
    }
    // What a person says: lines end in another way, and a mark turns the direction.
    std::string words(std::string_view text) {
        if (!pads_) return plain(text);
        std::string out;
        for (const char c : text) out += c == '\n' ? "\r\n" : std::string{c};
        return blanks() + "\r\n\t" + out + "\u202E\t" + blanks() + "\n";
    }

private:
    static std::string plain(std::string_view text) { return std::string{text}; }
    static std::size_t length_of_first(std::string_view text) {
        std::size_t length = 1;
        while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0u) == 0x80) ++length;
        return length;
    }
    std::string blanks() {
        static constexpr std::string_view all[] = {" ", "\u3000", "\u00A0 ", "\u2003", "  \u205F", "\u202F\u3000 "};
        return std::string{all[++turn_ % std::size(all)]};
    }
    std::string unseen() {
        static constexpr std::string_view all[] = {"\u200B", "\uFEFF", "\u200E", "\u2066\u2069", "\u00AD", "\u200D"};
        return std::string{all[++turn_ % std::size(all)]};
    }

    bool pads_;
    std::size_t turn_ = 0;
};

}  // namespace hcp::test
