#include "adapters/web/form.hpp"
#include "adapters/web/page_parts.hpp"
#include "adapters/web/phrases.hpp"
#include "adapters/web/random_text.hpp"
#include "adapters/web/words.hpp"

namespace hcp::web {

namespace {

data row_of(const Look& look, const app::ListedEvaluation& listed, domain::Instant now) {
    const auto& facts = listed.facts;
    const auto state = page_state(facts);
    data row;
    describe(row, look.language, facts);
    row.set("token", listed.token);
    row.set("state", text(word(look.language, state)));
    row.set("open", takes_answer(state));
    if (takes_answer(state)) {
        row.set("until", until_text(look.language, facts.deadline, now));
        row.set("begun", state == PageState::draft);
        row.set("request_key", random_hex());
        data all{data::type::list};
        const auto begun = facts.draft ? std::optional{facts.draft->level} : std::nullopt;
        for (const auto level : levels) all << level_entry(look.language, level, begun);
        row.set("levels", all);
    }
    if (const auto& rating = facts.rating) {
        row.set("level", text(word(look.language, rating->level)));
        row.set("unsubmitted", rating->unsubmitted);
    }
    row.set("withdrawn", facts.withdrawn && state == PageState::rated);
    row.set("commented", !facts.comments.empty());
    row.set("action", phrase(look.language, takes_comment(state) ? "my.comment" : "my.see"));
    return row;
}

}  // namespace

std::string_view name_of(MyPage::Tab tab) {
    return tab == MyPage::Tab::pending ? "pending" : tab == MyPage::Tab::rated ? "rated" : "closed";
}

std::string my_page(const Look& look, const MyPage& mine) {
    data page;
    page.set("base", look.base);
    page.set("on_pending", mine.tab == MyPage::Tab::pending);
    page.set("on_rated", mine.tab == MyPage::Tab::rated);
    page.set("on_closed", mine.tab == MyPage::Tab::closed);
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
    for (const auto& listed : mine.shown) rows << row_of(look, listed, mine.now);
    page.set("rows", rows);
    page.set("rows_open", mine.tab == MyPage::Tab::pending && !mine.shown.empty());
    page.set("empty", mine.shown.empty());
    if (!mine.next.empty())
        page.set("next_link", look.base + "/my?state=" + text(name_of(mine.tab)) + project_query +
                                  "&cursor=" + percent_encode(mine.next));
    const auto tab = mine.tab == MyPage::Tab::pending ? "my.pending"
                     : mine.tab == MyPage::Tab::rated ? "my.rated"
                                                      : "my.closed";
    return in_layout(look, {.title = phrase(look.language, tab,
                                            {{"pending_count", count(mine.pending)},
                                             {"rated_count", count(mine.rated)},
                                             {"closed_count", count(mine.closed)}}),
                            .body = render(look.language, "my.mustache", page)});
}

}  // namespace hcp::web
