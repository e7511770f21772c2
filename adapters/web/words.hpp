#pragma once
#include "adapters/web/language.hpp"
#include "adapters/web/page_state.hpp"
#include "plugin/app/rating/fate_words.hpp"
#include "plugin/app/rating/record_rating.hpp"
#include "plugin/domain/tags.hpp"

#include <string>
#include <string_view>

// The words of the domain as a page says them: the Chinese ones stand where the domain has them.
namespace hcp::web {

[[nodiscard]] std::string_view word(Language, domain::Level) noexcept;
[[nodiscard]] std::string_view word(Language, domain::Line) noexcept;
[[nodiscard]] std::string_view word(Language, domain::Head) noexcept;
[[nodiscard]] std::string_view word(Language, domain::Origin, bool unsubmitted) noexcept;
[[nodiscard]] std::string_view word(Language, PageState) noexcept;
[[nodiscard]] app::FateWords words_of(Language, domain::AnswerFate) noexcept;

// What is wrong with an answer. The use case says it in Chinese; in English its field tells what can be wrong there.
// `draft_kept`: and that its level stays.
[[nodiscard]] std::string fault_text(Language, const app::AnswerFault&, const app::EvaluationFacts&, bool draft_kept);

// “还剩 3 天 4 小时”, “还剩 25 分钟”, “已截止”; “3 days 4 hours left”.
[[nodiscard]] std::string countdown_text(Language, domain::Instant deadline, domain::Instant now);

// Until when there is time, and how much of it is left: “10-09 24:00 前评价 · 还剩 3 天”; the year where it is another.
[[nodiscard]] std::string until_text(Language, domain::Instant deadline, domain::Instant now);

}  // namespace hcp::web
