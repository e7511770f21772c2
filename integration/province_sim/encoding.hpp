// Octets to text and back: what travels on the wire and nothing else.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace province_sim {

enum class Encoding { lower_hex, upper_hex, base64 };

std::string encode(std::string_view octets, Encoding encoding);

// Strict: the other case of hex, odd lengths, line breaks and missing padding are all nullopt.
std::optional<std::string> decode(std::string_view text, Encoding encoding);

// Code points in valid UTF-8; the province counts characters, not octets.
std::size_t characters(std::string_view utf8);

// UTF-8 to GB18030, which equals GBK wherever GBK has the character.
std::string to_gbk(std::string_view utf8);

// UTF-8 to UTF-16LE behind its byte order mark.
std::string to_utf16(std::string_view utf8);

// application/x-www-form-urlencoded. A repeated name or a broken escape is nullopt.
std::optional<std::map<std::string, std::string>> parse_form(std::string_view text);

}  // namespace province_sim
