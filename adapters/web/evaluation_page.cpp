#include "adapters/web/page_parts.hpp"
#include "adapters/web/phrases.hpp"
#include "adapters/web/qr_code.hpp"
#include "adapters/web/words.hpp"
#include "plugin/domain/day_text.hpp"

#include <algorithm>
#include <array>

namespace hcp::web {

using namespace domain;

namespace {

constexpr std::array heads{Head::process, Head::conduct, Head::items, Head::platform};

// The tags of a level under their heads.
data tag_groups(Language language, const TagBook& book, Level level, const std::vector<std::string>& chosen) {
    data groups{data::type::list};
    for (const auto head : heads) {
        data tags{data::type::list};
        for (const auto& tag : book.offered(level)) {
            if (tag.head != head) continue;
            data one;
            one.set("code", tag.code);
            one.set("text", tag.text);
            one.set("checked", std::find(chosen.begin(), chosen.end(), tag.code) != chosen.end());
            tags << one;
        }
        if (tags.list_value().empty()) continue;
        data group;
        group.set("head", std::string{word(language, head)});
        group.set("tags", tags);
        groups << group;
    }
    return groups;
}

// Under a bad level reasons are asked for (M8.2); level 3 is neither good nor bad, and the page does not say it is.
std::string_view question_of(Level level) {
    if (is_bad(level)) return "ask.bad";
    return level == Level::basically_satisfied ? "ask.neutral" : "ask.good";
}

data form_levels(Language language, const EvaluationPage& shown, const TagBook& book, const Answer& begun) {
    data all{data::type::list};
    const bool comment = takes_comment(page_state(shown.facts));
    for (const auto level : levels) {
        auto entry = level_entry(language, level, begun.level);
        entry.set("ask", phrase(language, question_of(level)));
        entry.set("may", phrase(language,
                                comment         ? "may.comment"
                                : is_bad(level) ? "may.bad"
                                                : "may.any",
                                {{"min", std::to_string(shown.facts.bad_review_min_characters)}}));
        entry.set("heads", tag_groups(language, book, level, begun.tags));
        all << entry;
    }
    return all;
}

// The comment that the form changes, if any.
const app::CommentFacts* said_anew(const app::EvaluationFacts& facts) {
    const bool stands = takes_comment(page_state(facts)) && !facts.comments.empty();
    return stands && facts.comments.back().revision > 0 ? &facts.comments.back() : nullptr;
}

// What the form shows: what was just sent, else what is kept, else nothing.
Answer begun_answer(const EvaluationPage& shown) {
    if (shown.sent) return *shown.sent;
    Answer begun;
    if (const auto* said = said_anew(shown.facts)) {
        begun.level = said->level;
        begun.tags = said->tag_codes;
        begun.text = said->text;
    }
    if (page_state(shown.facts) != PageState::draft) return begun;
    begun.level = shown.facts.draft->level;
    begun.tags = shown.facts.draft->tags;
    begun.text = shown.facts.draft->text;
    return begun;
}

// Where the fault can be mended: the first level, the first reason of the level, or the text.
std::string place_of(const app::AnswerFault& fault, const Answer& sent, const TagBook& book) {
    if (fault.field == "text" || fault.field == "comment") return "text";
    if (fault.field == "phone") return "phone";
    if (fault.field != "tags" || !sent.level) return "l5";
    const auto offered = book.offered(*sent.level);
    return offered.empty() ? "text" : "t" + offered.front().code;
}

void set_fault(data& page, Language language, const EvaluationPage& shown, const Answer& sent, const TagBook& book) {
    if (!shown.fault) return;
    page.set("fault", fault_text(language, *shown.fault, shown.facts, shown.draft_kept));
    page.set("fault_at", place_of(*shown.fault, sent, book));
    page.set("fault_level", shown.fault->field == "level");
    page.set("fault_phone", shown.fault->field == "phone");
    page.set("fault_text", shown.fault->field != "level" && shown.fault->field != "phone");
}

// Said by the script, in the page's language.
void set_script_words(data& page, Language language, const app::EvaluationFacts& facts,
                      const std::string& unseen_from) {
    const auto min = std::to_string(facts.bad_review_min_characters);
    const auto most = std::to_string(app::max_answer_characters);
    page.set("say_level", phrase(language, "fault.level"));
    page.set("say_reason", phrase(language, "fault.tags", {{"min", min}}));
    page.set("say_long", phrase(language, "fault.text", {{"most", most}}));
    page.set("say_unseen", phrase(language, "script.unseen", {{"unseen_from", unseen_from}}));
}

data comment_list(Language language, const std::vector<app::CommentFacts>& comments) {
    data out{data::type::list};
    for (const auto& comment : comments) {
        data one;
        set_text(one, "level", comment.level ? std::string{word(language, *comment.level)} : std::string{});
        one.set("received", shanghai_text(comment.received_at));
        set_text(one, "text", comment.text);
        one.set("has_tags", !comment.tags.empty());
        one.set("tags", tag_list(comment.tags));
        out << one;
    }
    return out;
}

void set_why(data& page, Language language, const app::EvaluationFacts& facts) {
    page.set("why", facts.why);
    set_text(page, "clause", facts.clause);
    set_text(page, "clause_validity", facts.clause_validity);
    page.set("provisional", facts.provisional);
    std::string days;
    for (const auto day : facts.counted_days) days += (days.empty() ? "" : ", ") + domain::text_of(day);
    page.set("counted", days.empty() ? phrase(language, "why.earlier")
                                     : phrase(language, "why.counted",
                                              {{"days", days}, {"deadline", deadline_text(facts.deadline)}}));
}

// What its author agreed to; of the number only what tells him which it is.
void set_consent(data& rating, const Consent& consent) {
    rating.set("shown_to_rated", consent.shown_to_rated);
    rating.set("contact", consent.may_be_contacted);
    const auto& phone = consent.phone;
    set_text(rating, "phone", phone.size() < 7 ? phone : phone.substr(0, 3) + "****" + phone.substr(phone.size() - 2));
}

// What stands in the folded facts: by when, while it can be rated; else what became of it.
std::string summary_of(Language language, const EvaluationPage& shown) {
    const auto state = page_state(shown.facts);
    return takes_answer(state) ? until_text(language, shown.facts.deadline, shown.now)
                               : std::string{word(language, state)};
}

}  // namespace

std::string evaluation_page(const Look& look, const EvaluationPage& shown, const TagBook& tags) {
    const auto& facts = shown.facts;
    const auto state = page_state(facts);
    const auto language = look.language;
    data page;
    page.set("base", look.base);
    describe(page, language, facts);
    page.set("token", shown.token);
    page.set("request_key", shown.request_key);
    page.set("summary", summary_of(language, shown));
    set_why(page, language, facts);
    page.set("default_level", std::string{word(language, facts.default_level)});
    page.set("min_characters", std::to_string(facts.bad_review_min_characters));
    page.set("max_characters", std::to_string(app::max_answer_characters));
    page.set("max_units", std::to_string(2 * app::max_answer_characters));  // of UTF-16, as browsers count
    page.set("phone", look.help_phone);
    // What is longer than the limit is cut one character before it, to make room for the sign that it was cut. A
    // comment does not go to the province.
    const auto unseen_from =
        shown.province_text_limit && takes_answer(state) ? std::to_string(*shown.province_text_limit) : std::string{};
    set_text(page, "unseen_from", unseen_from);

    page.set("erased", facts.erased);
    page.set("form", !facts.erased && (takes_answer(state) || takes_comment(state)));
    page.set("is_comment", takes_comment(state));
    page.set("is_draft", state == PageState::draft);
    if (state == PageState::draft) page.set("draft_level", std::to_string(static_cast<int>(facts.draft->level)));
    page.set("asks_details", state == PageState::draft || takes_comment(state) || shown.sent.has_value());
    page.set("is_late", state == PageState::late);
    // Between the deadline and the sweep: what was begun will be the answer (E9).
    if (state == PageState::late && facts.state == EvaluationState::open && facts.draft)
        page.set("kept_level", std::string{word(language, facts.draft->level)});
    page.set("is_defaulted", state == PageState::defaulted);
    page.set("is_rated", state == PageState::rated);
    page.set("is_barred", state == PageState::barred);
    page.set("is_voided", state == PageState::voided);
    page.set("noted", shown.noted && !facts.comments.empty());
    if (shown.refused_second) {
        const auto words = words_of(language, AnswerFate::already_rated);
        data refused;
        refused.set("why", std::string{words.why});
        refused.set("what_follows", std::string{words.what_follows});
        page.set("refused_second", refused);
    }
    if (facts.rating) {
        data rating;
        describe(rating, language, *facts.rating);
        page.set("rating", rating);
    }
    page.set("comments", comment_list(language, facts.comments));
    const auto begun = begun_answer(shown);
    page.set("levels", form_levels(language, shown, tags, begun));
    page.set("text", begun.text);
    page.set("revises", said_anew(facts) != nullptr);
    page.set("shown_to_rated", begun.consent.shown_to_rated);
    page.set("contact", begun.consent.may_be_contacted);
    page.set("contact_phone", begun.consent.phone);
    set_fault(page, language, shown, begun, tags);
    set_script_words(page, language, facts, unseen_from);
    page.set("words", render(language, "words.mustache", page));
    return in_layout(look, {.title = shown_item(facts) + " · " + std::string{word(language, state)},
                            .body = render(language, "evaluation.mustache", page),
                            .is_error = shown.fault || shown.refused_second,
                            .script = true});
}

std::string receipt_page(const Look& look, const std::string& token, const std::string& link,
                         const app::EvaluationFacts& facts) {
    data page;
    page.set("base", look.base);
    page.set("phone", look.help_phone);
    describe(page, look.language, facts);
    data rating;
    describe(rating, look.language, *facts.rating);
    set_consent(rating, facts.rating->consent);
    page.set("rating", rating);
    if (const auto& follows = facts.follow_up) {
        page.set("follow_up", true);
        set_text(page, "follow_clause", follows->clause);
        page.set("deadlines", follows->deadlines.has_value());
        if (follows->deadlines) {
            page.set("contact", deadline_text(follows->deadlines->contact));
            page.set("rectify", deadline_text(follows->deadlines->rectify));
        }
    }
    page.set("token", token);
    page.set("qr", qr_svg(link, phrase(look.language, "receipt.qr")));
    return in_layout(look, {.title = shown_item(facts) + " · " + phrase(look.language, "receipt.title"),
                            .body = render(look.language, "receipt.mustache", page)});
}

}  // namespace hcp::web
