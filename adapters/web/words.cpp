#include "adapters/web/words.hpp"

#include "adapters/web/phrases.hpp"

namespace hcp::web {

using namespace domain;
using namespace std::chrono;

namespace {

std::string_view english(Level level) noexcept {
    switch (level) {
        case Level::very_satisfied:
            return "Very satisfied";
        case Level::satisfied:
            return "Satisfied";
        case Level::basically_satisfied:
            return "Basically satisfied";
        case Level::dissatisfied:
            return "Dissatisfied";
        case Level::very_dissatisfied:
            return "Very dissatisfied";
    }
    return "";
}

std::string_view english(Line line) noexcept {
    switch (line) {
        case Line::government:
            return "Government procurement";
        case Line::medical:
            return "Medical procurement";
        case Line::engineering:
            return "Construction";
        case Line::mining:
            return "Mining rights";
        case Line::unknown:
            break;
    }
    return "Other business";
}

std::string_view english(Head head) noexcept {
    switch (head) {
        case Head::items:
            return "What the service asks for";
        case Head::process:
            return "How the procedure runs";
        case Head::conduct:
            return "How the staff behave";
        case Head::platform:
            return "The online platform";
    }
    return "";
}

std::string_view english(PageState state) noexcept {
    switch (state) {
        case PageState::open:
            return "To be rated";
        case PageState::draft:
            return "Saved, not submitted";
        case PageState::rated:
            return "Rated";
        case PageState::defaulted:
            return "System default";
        case PageState::late:
            return "Closed";
        case PageState::barred:
            return "Rating suspended";
        case PageState::voided:
            return "Case withdrawn";
    }
    return "";
}

app::FateWords english(AnswerFate fate) noexcept {
    const auto code = app::words_of(fate).code;
    switch (fate) {
        case AnswerFate::accepted:
        case AnswerFate::replaces_default:
        case AnswerFate::repeated:
            break;
        case AnswerFate::already_rated:
            return {code, "This case has been rated; it need not be rated again",
                    "The rating submitted first stands. What you sent just now was not stored."};
        case AnswerFate::late:
            return {
                code, "Rating has closed",
                "What you write goes to the department as a comment and does not count as a rating. If you report a "
                "problem, somebody will deal with it."};
        case AnswerFate::barred:
            return {code, "This subject may not rate at present",
                    "To object, or to learn when this ends, please call the help line or the supervision department."};
        case AnswerFate::voided:
            return {
                code, "The case was withdrawn and need not be rated",
                "What you write goes to the department as a comment and does not count as a rating. Once the case is "
                "completed again you will get a new link."};
    }
    return {code, "", ""};
}

// “3 天”, “1 day”, “3 days”.
std::string counted(Language language, std::int64_t n, std::string_view unit) {
    const bool one = language == Language::en && n == 1;
    return phrase(language, "unit." + std::string{unit} + (one ? "" : "s"), {{"n", std::to_string(n)}});
}

}  // namespace

std::string_view word(Language language, Level level) noexcept {
    return language == Language::en ? english(level) : text_of(level);
}
std::string_view word(Language language, Line line) noexcept {
    return language == Language::en ? english(line) : text_of(line);
}
std::string_view word(Language language, Head head) noexcept {
    return language == Language::en ? english(head) : text_of(head);
}
std::string_view word(Language language, PageState state) noexcept {
    return language == Language::en ? english(state) : text_of(state);
}
std::string_view word(Language language, Origin origin, bool unsubmitted) noexcept {
    if (language == Language::zh) return text_of(origin, unsubmitted);
    if (origin == Origin::by_default) return "System default";
    return unsubmitted ? "Own rating (not submitted; as saved at the deadline)" : "Own rating";
}
app::FateWords words_of(Language language, AnswerFate fate) noexcept {
    return language == Language::en ? english(fate) : app::words_of(fate);
}

std::string fault_text(Language language, const app::AnswerFault& fault, const app::EvaluationFacts& facts,
                       bool draft_kept) {
    if (language == Language::zh)
        return draft_kept ? fault.problem + std::string{app::draft_kept_words} : fault.problem;
    const auto key = "fault." + fault.field;
    const auto said = phrase(language, find_phrase(key) != nullptr ? key : "fault.other",
                             {{"min", std::to_string(facts.bad_review_min_characters)},
                              {"most", std::to_string(app::max_answer_characters)}});
    return draft_kept ? said + "; the level is saved, and becomes your rating if nothing follows by the deadline"
                      : said;
}

std::string countdown_text(Language language, Instant deadline, Instant now) {
    if (now >= deadline) return phrase(language, "countdown.over");
    const auto left = deadline - now;
    const auto whole_days = floor<days>(left);
    const auto whole_hours = floor<hours>(left - whole_days);
    const auto whole_minutes = floor<minutes>(left - whole_days - whole_hours);
    const auto in = [&](std::string time) { return phrase(language, "countdown.left", {{"time", std::move(time)}}); };
    const auto both = [&](const std::string& larger, std::int64_t n, std::string_view unit) {
        return in(n > 0 ? larger + ' ' + counted(language, n, unit) : larger);
    };
    if (whole_days.count() > 0) return both(counted(language, whole_days.count(), "day"), whole_hours.count(), "hour");
    if (whole_hours.count() > 0)
        return both(counted(language, whole_hours.count(), "hour"), whole_minutes.count(), "minute");
    if (whole_minutes.count() > 0) return in(counted(language, whole_minutes.count(), "minute"));
    return phrase(language, "countdown.moment");
}

std::string until_text(Language language, Instant deadline, Instant now) {
    auto day = deadline_text(deadline);
    if (day.starts_with(shanghai_text(now).substr(0, 5))) day = day.substr(5);
    return phrase(language, "before", {{"deadline", day}, {"countdown", countdown_text(language, deadline, now)}});
}

}  // namespace hcp::web
