#pragma once
#include "plugin/domain/time.hpp"

#include <cstddef>
#include <string>
#include <string_view>

// How text and time look on the wire and in what operators read about it. Pure.
namespace hcp::province {

// Always UTC+8, whatever the host's TZ (E22).
[[nodiscard]] std::string stamp(domain::Instant t);          // yyyyMMddHHmmss
[[nodiscard]] std::string stamp_with_ms(domain::Instant t);  // yyyyMMddHHmmssSSS
[[nodiscard]] std::string wire_time(domain::Instant t);      // yyyy-MM-dd HH:mm:ss, fractions dropped

// At most `limit` characters; what is longer ends in “…”, which counts. Never splits a character.
[[nodiscard]] std::string cut(std::string_view text, std::size_t limit);

// The text as UTF-8. What is not UTF-8 is taken for GB18030, which contains GBK and GB2312; what is neither keeps its
// ASCII.
[[nodiscard]] std::string to_utf8(std::string_view bytes);

// The far end's words, fit for a log: UTF-8, one line, words that hold six or more digits in a row masked (numbers of
// people and cases), 120 characters.
[[nodiscard]] std::string fit_for_log(std::string_view text);

}  // namespace hcp::province
