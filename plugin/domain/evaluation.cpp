#include "plugin/domain/evaluation.hpp"

#include "plugin/domain/outside_text.hpp"
#include "plugin/domain/utf8.hpp"

#include <algorithm>

namespace hcp::domain {

Answer normal(Answer answer) {
    if (is_utf8(answer.text)) answer.text = as_written(answer.text);
    answer.request_key = bare_text(answer.request_key);
    std::sort(answer.tags.begin(), answer.tags.end());
    return answer;
}

}  // namespace hcp::domain
