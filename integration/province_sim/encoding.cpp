#include "integration/province_sim/encoding.hpp"

#include <iconv.h>

#include <algorithm>
#include <cstdint>
#include <stdexcept>

namespace province_sim {
namespace {

constexpr std::string_view lower_digits = "0123456789abcdef";
constexpr std::string_view upper_digits = "0123456789ABCDEF";
constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string to_hex(std::string_view octets, std::string_view digits) {
    std::string text;
    text.reserve(octets.size() * 2);
    for (const char c : octets) {
        const auto octet = static_cast<unsigned char>(c);
        text += digits[octet >> 4U];
        text += digits[octet & 15U];
    }
    return text;
}

std::optional<std::string> from_hex(std::string_view text, std::string_view digits) {
    if (text.size() % 2 != 0) return std::nullopt;
    std::string octets;
    octets.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const auto high = digits.find(text[i]);
        const auto low = digits.find(text[i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
        octets += static_cast<char>(high << 4U | low);
    }
    return octets;
}

std::string to_base64(std::string_view octets) {
    std::string text;
    for (std::size_t i = 0; i < octets.size(); i += 3) {
        const auto have = std::min<std::size_t>(3, octets.size() - i);
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8U | (k < have ? static_cast<unsigned char>(octets[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            text += k <= have ? base64_digits[group >> (18U - 6U * static_cast<unsigned>(k)) & 63U] : '=';
    }
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    std::string octets;
    for (std::size_t i = 0; i < text.size(); i += 4) {
        const bool last = i + 4 == text.size();
        std::size_t padding = 0;
        if (last && text[i + 3] == '=') padding = text[i + 2] == '=' ? 2 : 1;
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 4; ++k) {
            const auto digit = k < 4 - padding ? base64_digits.find(text[i + k]) : 0;
            if (digit == std::string_view::npos) return std::nullopt;
            group = group << 6U | static_cast<std::uint32_t>(digit);
        }
        for (std::size_t k = 0; k < 3 - padding; ++k)
            octets += static_cast<char>(group >> (16U - 8U * static_cast<unsigned>(k)) & 255U);
    }
    return octets;
}

std::optional<std::string> unescape(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+') {
            plain += ' ';
        } else if (text[i] == '%') {
            std::string pair{text.substr(i + 1, 2)};
            for (char& c : pair)
                if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
            const auto octet = from_hex(pair, lower_digits);
            if (!octet || octet->size() != 1) return std::nullopt;
            plain += *octet;
            i += 2;
        } else {
            plain += text[i];
        }
    }
    return plain;
}

std::string converted(std::string_view utf8, const char* charset) {
    const auto converter = iconv_open(charset, "UTF-8");
    if (reinterpret_cast<std::intptr_t>(converter) == -1)
        throw std::runtime_error{"this system cannot convert to " + std::string{charset}};
    std::string in{utf8};
    std::string out(in.size() * 2 + 4, '\0');
    char* from = in.data();
    char* to = out.data();
    std::size_t from_left = in.size();
    std::size_t to_left = out.size();
    const auto outcome = iconv(converter, &from, &from_left, &to, &to_left);
    iconv_close(converter);
    if (outcome == static_cast<std::size_t>(-1)) throw std::runtime_error{"text is not UTF-8"};
    out.resize(out.size() - to_left);
    return out;
}

}  // namespace

std::string encode(std::string_view octets, Encoding encoding) {
    switch (encoding) {
        case Encoding::lower_hex:
            return to_hex(octets, lower_digits);
        case Encoding::upper_hex:
            return to_hex(octets, upper_digits);
        case Encoding::base64:
            break;
    }
    return to_base64(octets);
}

std::optional<std::string> decode(std::string_view text, Encoding encoding) {
    switch (encoding) {
        case Encoding::lower_hex:
            return from_hex(text, lower_digits);
        case Encoding::upper_hex:
            return from_hex(text, upper_digits);
        case Encoding::base64:
            break;
    }
    return from_base64(text);
}

std::size_t characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(
        utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string to_gbk(std::string_view utf8) {
    return converted(utf8, "GB18030");
}

std::string to_utf16(std::string_view utf8) {
    return "\xFF\xFE" + converted(utf8, "UTF-16LE");
}

std::optional<std::map<std::string, std::string>> parse_form(std::string_view text) {
    std::map<std::string, std::string> form;
    while (!text.empty()) {
        const auto pair = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(text.size(), pair.size() + 1));
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos) return std::nullopt;
        auto name = unescape(pair.substr(0, equals));
        auto value = unescape(pair.substr(equals + 1));
        if (!name || !value || !form.emplace(std::move(*name), std::move(*value)).second) return std::nullopt;
    }
    return form;
}

}  // namespace province_sim
