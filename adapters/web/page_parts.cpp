#include "adapters/web/page_parts.hpp"

#include "adapters/web/embedded.hpp"
#include "adapters/web/form.hpp"
#include "adapters/web/phrases.hpp"
#include "adapters/web/words.hpp"

#include <map>
#include <utility>

namespace hcp::web {

using kainjow::mustache::mustache;
using namespace domain;

namespace {

// Eyes and mouth of one neutral face, drawn in the text's colour: only the mouth differs.
constexpr std::string_view face_of(Level level) {
    switch (level) {
        case Level::very_satisfied:
            return "M11 12v1M21 12v1M9 18q7 8 14 0";
        case Level::satisfied:
            return "M11 12v1M21 12v1M10 19q6 4 12 0";
        case Level::basically_satisfied:
            return "M11 12v1M21 12v1M10 20.5h12";
        case Level::dissatisfied:
            return "M11 12v1M21 12v1M10 22q6-4 12 0";
        case Level::very_dissatisfied:
            return "M11 12v1M21 12v1M9 24q7-8 14 0";
    }
    return "";
}

// In a narrow column “非常不满意” breaks into 非常 and 不满意, never within 满意. Words with blanks break there.
std::pair<std::string_view, std::string_view> where_it_breaks(std::string_view word) {
    for (const std::string_view end : {"不满意", "满意"})
        if (word.ends_with(end)) return {word.substr(0, word.size() - end.size()), end};
    return {word, {}};
}

std::string switched(const Look& look, std::string_view to) {
    return look.base + look.path + '?' + text(to) + look.query_to_keep;
}

}  // namespace

void set_text(data& values, const std::string& name, const std::string& value) {
    value.empty() ? values.set(name, false) : values.set(name, value);
}

std::string render(Language language, std::string_view name, data& values) {
    // Parsed once per thread: rendering writes into the parsed template.
    thread_local std::map<std::pair<Language, std::string>, mustache> parsed;
    auto found = parsed.find({language, text(name)});
    if (found == parsed.end()) {
        const auto* file = embedded_file(name);
        found = parsed
                    .emplace(std::pair{language, text(name)},
                             mustache{file == nullptr ? std::string{} : in_language(language, file->bytes)})
                    .first;
    }
    values.set("english", language == Language::en);
    return found->second.render(values);
}

std::string in_layout(const Look& look, const Framed& framed) {
    data page;
    page.set("title", framed.is_error ? phrase(look.language, "title.error", {{"title", framed.title}}) : framed.title);
    page.set("centre", look.centre_name);
    page.set("phone", look.help_phone);
    page.set("elder", look.elder);
    page.set("base", look.base);
    page.set("elder_switch", switched(look, look.elder ? "elder=off" : "elder=on"));
    page.set("language_switch", switched(look, look.language == Language::en ? "lang=zh" : "lang=en"));
    page.set("css", look.base + asset_path("assets/site.css"));
    if (framed.script) page.set("script", look.base + asset_path("assets/rating.js"));
    page.set("body", framed.body);
    page.set("signed_on", look.leads_to_list);
    set_text(page, "portal", look.portal_url);
    set_text(page, "next", look.next ? look.next->token : "");
    if (look.next) page.set("left", std::to_string(look.next->left) + (look.next->all ? "" : "+"));
    page.set("leads_on", look.leads_to_list || look.next || !look.portal_url.empty());
    return render(look.language, "layout.mustache", page);
}

std::string shown_item(const app::EvaluationFacts& facts) {
    return facts.item_name.empty() ? facts.node : facts.item_name;
}

void describe(data& page, Language language, const app::EvaluationFacts& facts) {
    page.set("item", shown_item(facts));
    page.set("node", facts.node);
    page.set("line", text(word(language, facts.line)));
    page.set("case_no", facts.case_no);
    page.set("project", facts.project_name.empty() ? facts.project_no : facts.project_name);
    set_text(page, "section", facts.section);
    set_text(page, "department", facts.department_name);
    if (facts.guide) {
        data guide;
        guide.set("version", facts.guide->version);
        guide.set("path", percent_encode(facts.guide->item_code) + "/" + std::to_string(facts.guide->revision));
        page.set("guide", guide);
    }
    page.set("completed", shanghai_text(facts.completed_at));
    page.set("deadline", deadline_text(facts.deadline));
    page.set("embargoed", facts.bids_secret);
    page.set("withdrawn", facts.withdrawn);
}

void describe(data& page, Language language, const app::RatingFacts& rating) {
    page.set("level", text(word(language, rating.level)));
    page.set("face", text(face_of(rating.level)));
    page.set("origin", text(word(language, rating.origin, rating.unsubmitted)));
    page.set("unsubmitted", rating.unsubmitted);
    if (rating.received_at) page.set("received", shanghai_text(*rating.received_at));
    set_text(page, "receipt", rating.receipt);
    set_text(page, "text", rating.text);
    page.set("incomplete", rating.incomplete);
    if (rating.ledger)
        page.set("ledger", std::to_string(rating.ledger->lane) + "-" + std::to_string(rating.ledger->seq));
    page.set("has_tags", !rating.tags.empty());
    page.set("tags", tag_list(rating.tags));
}

data tag_list(const std::vector<std::string>& tags) {
    data out{data::type::list};
    for (const auto& tag : tags) out << data{"tag", tag};
    return out;
}

data level_entry(Language language, Level level, std::optional<Level> chosen) {
    data entry;
    entry.set("value", std::to_string(static_cast<int>(level)));
    const auto [start, end] = where_it_breaks(word(language, level));
    entry.set("word", text(start));
    entry.set("word_end", text(end));
    entry.set("face", text(face_of(level)));
    entry.set("bad", is_bad(level));
    entry.set("checked", chosen == level);
    return entry;
}

}  // namespace hcp::web
