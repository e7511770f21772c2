#include "adapters/web/pages.hpp"

#include "adapters/web/embedded.hpp"
#include "adapters/web/form.hpp"
#include "adapters/web/qr_code.hpp"
#include "plugin/app/rating/fate_words.hpp"

#include <kainjow/mustache.hpp>

#include <algorithm>
#include <array>
#include <map>

namespace hcp::web {

using kainjow::mustache::data;
using kainjow::mustache::list;
using kainjow::mustache::mustache;
using namespace domain;

namespace {

constexpr std::array levels{Level::very_satisfied, Level::satisfied, Level::basically_satisfied, Level::dissatisfied,
                            Level::very_dissatisfied};
constexpr std::array heads{Head::process, Head::conduct, Head::items, Head::platform};

// One neutral face, drawn in the text's colour: only the mouth differs.
constexpr std::string_view mouth_of(Level level) {
    switch (level) {
        case Level::very_satisfied:
            return "M9 18q7 8 14 0";
        case Level::satisfied:
            return "M10 19q6 4 12 0";
        case Level::basically_satisfied:
            return "M10 20.5h12";
        case Level::dissatisfied:
            return "M10 22q6-4 12 0";
        case Level::very_dissatisfied:
            return "M9 24q7-8 14 0";
    }
    return "";
}

std::string text(std::string_view view) {
    return std::string{view};
}

// A section over an empty text would be shown: absent text is said as false.
void set_text(data& values, const std::string& name, const std::string& value) {
    value.empty() ? values.set(name, false) : values.set(name, value);
}

// Parsed once per thread: rendering writes into the parsed template.
std::string render(std::string_view name, const data& values) {
    thread_local std::map<std::string, mustache, std::less<>> parsed;
    auto found = parsed.find(name);
    if (found == parsed.end()) {
        const auto* file = embedded_file(name);
        found = parsed.emplace(text(name), mustache{file == nullptr ? std::string{} : text(file->bytes)}).first;
    }
    return found->second.render(values);
}

std::string in_layout(const Look& look, std::string_view title, const std::string& body, bool script = false) {
    data page;
    page.set("title", text(title));
    page.set("centre", look.centre_name);
    page.set("phone", look.help_phone);
    page.set("elder", look.elder);
    page.set("base", look.base);
    page.set("switch", look.base + look.path + (look.elder ? "?elder=off" : "?elder=on") + look.query_to_keep);
    page.set("css", look.base + asset_path("assets/site.css"));
    if (script) page.set("script", look.base + asset_path("assets/rating.js"));
    page.set("body", body);
    return render("layout.mustache", page);
}

// What every page about one evaluation shows of it.
void describe(data& page, const app::EvaluationFacts& facts) {
    page.set("item", facts.item_name.empty() ? facts.node : facts.item_name);
    page.set("node", facts.node);
    page.set("line", text(text_of(facts.line)));
    page.set("case_no", facts.case_no);
    page.set("project", facts.project_name.empty() ? facts.project_no : facts.project_name);
    set_text(page, "section", facts.section);
    set_text(page, "department", facts.department_name);
    page.set("completed", shanghai_text(facts.completed_at));
    page.set("deadline", deadline_text(facts.deadline));
    page.set("embargoed", facts.bids_secret);
    page.set("withdrawn", facts.withdrawn);
}

void describe(data& page, const app::RatingFacts& rating) {
    page.set("level", text(text_of(rating.level)));
    page.set("mouth", text(mouth_of(rating.level)));
    page.set("origin", text(text_of(rating.origin, rating.unsubmitted)));
    page.set("unsubmitted", rating.unsubmitted);
    if (rating.received_at) page.set("received", shanghai_text(*rating.received_at));
    set_text(page, "receipt", rating.receipt);
    set_text(page, "text", rating.text);
    page.set("incomplete", rating.incomplete);
    if (rating.ledger)
        page.set("ledger", std::to_string(rating.ledger->lane) + "-" + std::to_string(rating.ledger->seq));
    data tags{data::type::list};
    for (const auto& tag : rating.tags) tags << data{"tag", tag};
    page.set("has_tags", !rating.tags.empty());
    page.set("tags", tags);
}

data comment_list(const std::vector<app::CommentFacts>& comments) {
    data out{data::type::list};
    for (const auto& comment : comments) {
        data one;
        one.set("level", text(text_of(comment.level)));
        one.set("received", shanghai_text(comment.received_at));
        set_text(one, "text", comment.text);
        one.set("has_tags", !comment.tags.empty());
        data tags{data::type::list};
        for (const auto& tag : comment.tags) tags << data{"tag", tag};
        one.set("tags", tags);
        out << one;
    }
    return out;
}

// The five levels with the tags of each under their heads. Nothing is chosen but what the person chose before (M2.2).
data level_list(const TagBook& book, std::optional<Level> chosen, const std::vector<std::string>& chosen_tags) {
    data out{data::type::list};
    for (const auto level : levels) {
        data entry;
        entry.set("value", std::to_string(static_cast<int>(level)));
        entry.set("word", text(text_of(level)));
        entry.set("mouth", text(mouth_of(level)));
        entry.set("bad", is_bad(level));
        entry.set("checked", chosen == level);
        data groups{data::type::list};
        for (const auto head : heads) {
            data tags{data::type::list};
            for (const auto& tag : book.offered(level)) {
                if (tag.head != head) continue;
                data one;
                one.set("code", tag.code);
                one.set("text", tag.text);
                one.set("checked", std::find(chosen_tags.begin(), chosen_tags.end(), tag.code) != chosen_tags.end());
                tags << one;
            }
            if (tags.list_value().empty()) continue;
            data group;
            group.set("head", text(text_of(head)));
            group.set("tags", tags);
            groups << group;
        }
        entry.set("heads", groups);
        out << entry;
    }
    return out;
}

}  // namespace

std::string asset_path(std::string_view name) {
    const auto* file = embedded_file(name);
    if (file == nullptr) return {};
    const auto dot = name.rfind('.');
    return '/' + text(name.substr(0, dot)) + '.' + text(file->hash) + text(name.substr(dot));
}

std::string evaluation_page(const Look& look, const EvaluationPage& shown, const TagBook& tags) {
    const auto& facts = shown.facts;
    const auto state = page_state(facts);
    data page;
    page.set("base", look.base);
    describe(page, facts);
    page.set("token", shown.token);
    page.set("request_key", shown.request_key);
    page.set("why", facts.why);
    set_text(page, "clause", facts.clause);
    set_text(page, "clause_validity", facts.clause_validity);
    page.set("provisional", facts.provisional);
    page.set("countdown", countdown_text(facts.deadline, shown.now));
    page.set("running", takes_answer(state));
    page.set("default_level", text(text_of(facts.default_level)));
    page.set("min_characters", std::to_string(facts.bad_review_min_characters));
    page.set("max_characters", std::to_string(app::max_answer_characters));
    page.set("max_units", std::to_string(2 * app::max_answer_characters));  // of UTF-16, as browsers count
    page.set("phone", look.help_phone);

    page.set("form", takes_answer(state) || takes_comment(state));
    page.set("is_comment", takes_comment(state));
    page.set("is_draft", state == PageState::draft);
    page.set("asks_details", state == PageState::draft || shown.sent.has_value());
    page.set("is_late", state == PageState::late);
    // Between the deadline and the sweep: what was begun will be the answer (E9).
    if (state == PageState::late && facts.state == EvaluationState::open && facts.draft)
        page.set("kept_level", text(text_of(facts.draft->level)));
    page.set("is_defaulted", state == PageState::defaulted);
    page.set("is_rated", state == PageState::rated);
    page.set("is_barred", state == PageState::barred);
    page.set("is_voided", state == PageState::voided);
    page.set("noted", shown.noted);
    if (shown.refused_second) {
        const auto words = app::words_of(AnswerFate::already_rated);
        data refused;
        refused.set("why", text(words.why));
        refused.set("what_follows", text(words.what_follows));
        page.set("refused_second", refused);
    }
    if (shown.fault) page.set("fault", shown.fault->problem);
    if (facts.rating) {
        data rating;
        describe(rating, *facts.rating);
        page.set("rating", rating);
    }
    page.set("comments", comment_list(facts.comments));
    if (shown.sent) {
        page.set("levels", level_list(tags, shown.sent->level, shown.sent->tags));
        page.set("text", shown.sent->text);
    } else if (state == PageState::draft) {
        page.set("levels", level_list(tags, facts.draft->level, facts.draft->tags));
        page.set("text", facts.draft->text);
    } else {
        page.set("levels", level_list(tags, std::nullopt, {}));
        page.set("text", "");
    }
    return in_layout(look, "服务评价", render("evaluation.mustache", page), true);
}

std::string receipt_page(const Look& look, const std::string& token, const std::string& link,
                         const app::EvaluationFacts& facts) {
    data page;
    page.set("base", look.base);
    describe(page, facts);
    data rating;
    describe(rating, *facts.rating);
    page.set("rating", rating);
    page.set("token", token);
    page.set("link", link);
    page.set("qr", qr_svg(link, "本次评价的链接二维码"));
    return in_layout(look, "评价回执", render("receipt.mustache", page));
}

std::string_view name_of(MyPage::Tab tab) {
    return tab == MyPage::Tab::pending ? "pending" : tab == MyPage::Tab::rated ? "rated" : "closed";
}

std::string my_page(const Look& look, const MyPage& mine) {
    data page;
    page.set("base", look.base);
    page.set("on_pending", mine.tab == MyPage::Tab::pending);
    page.set("on_rated", mine.tab == MyPage::Tab::rated);
    page.set("on_closed", mine.tab == MyPage::Tab::closed);
    page.set("project", mine.project);
    const auto count = [](const MyPage::Count& counted) {
        return std::to_string(counted.n) + (counted.all ? "" : "+");
    };
    page.set("pending_count", count(mine.pending));
    page.set("rated_count", count(mine.rated));
    page.set("closed_count", count(mine.closed));
    const auto project_query = mine.project.empty() ? std::string{} : "&project=" + percent_encode(mine.project);
    page.set("pending_link", look.base + "/my?state=pending" + project_query);
    page.set("rated_link", look.base + "/my?state=rated" + project_query);
    page.set("closed_link", look.base + "/my?state=closed" + project_query);
    page.set("state", text(name_of(mine.tab)));

    data projects{data::type::list};
    for (const auto& project : mine.projects) {
        data one;
        one.set("no", project.no);
        one.set("name", project.name.empty() ? project.no : project.name);
        one.set("chosen", project.no == mine.project);
        projects << one;
    }
    page.set("projects", projects);
    page.set("can_filter", mine.projects.size() > 1 || !mine.project.empty());

    data rows{data::type::list};
    for (const auto& listed : mine.shown) {
        const auto state = page_state(listed.facts);
        data row;
        describe(row, listed.facts);
        row.set("token", listed.token);
        row.set("state", text(text_of(state)));
        row.set("open", takes_answer(state));
        row.set("countdown", countdown_text(listed.facts.deadline, mine.now));
        if (const auto& rating = listed.facts.rating) {
            row.set("level", text(text_of(rating->level)));
            row.set("unsubmitted", rating->unsubmitted);
        }
        row.set("withdrawn", listed.facts.withdrawn && state == PageState::rated);
        row.set("commented", !listed.facts.comments.empty());
        row.set("by_default", state == PageState::defaulted);
        row.set("action", takes_answer(state) ? "去评价" : takes_comment(state) ? "补充意见" : "查看");
        rows << row;
    }
    page.set("rows", rows);
    page.set("empty", mine.shown.empty());
    if (!mine.next.empty())
        page.set("next_link", look.base + "/my?state=" + text(name_of(mine.tab)) + project_query +
                                  "&cursor=" + percent_encode(mine.next));
    return in_layout(look, "我的评价", render("my.mustache", page));
}

std::string help_page(const Look& look) {
    data page;
    page.set("phone", look.help_phone);
    page.set("centre", look.centre_name);
    return in_layout(look, "服务评价", render("help.mustache", page));
}

std::string notice_page(const Look& look, std::string_view title, std::string_view said, std::string_view remedy) {
    data page;
    page.set("title", text(title));
    page.set("text", text(said));
    set_text(page, "remedy", text(remedy));
    page.set("phone", look.help_phone);
    return in_layout(look, title, render("notice.mustache", page));
}

}  // namespace hcp::web
