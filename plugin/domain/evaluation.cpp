#include "plugin/domain/evaluation.hpp"

#include "plugin/domain/outside_text.hpp"
#include "plugin/domain/utf8.hpp"

#include <algorithm>

namespace hcp::domain {

bool is_phone_number(std::string_view text) noexcept {
    if (text.starts_with('+')) text.remove_prefix(1);
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return text.size() <= 20 && std::ranges::count_if(text, is_digit) >= 7 &&
           std::ranges::all_of(text, [&](char c) { return is_digit(c) || c == '-' || c == '(' || c == ')'; });
}

Answer normal(Answer answer) {
    if (is_utf8(answer.text)) answer.text = as_written(answer.text);
    answer.request_key = bare_text(answer.request_key);
    std::sort(answer.tags.begin(), answer.tags.end());
    if (is_utf8(answer.consent.phone)) answer.consent.phone = folded_number(answer.consent.phone);
    if (!answer.level || !is_bad(*answer.level)) {
        answer.consent.may_be_contacted = false;
        answer.consent.phone.clear();
    }
    return answer;
}

}  // namespace hcp::domain
