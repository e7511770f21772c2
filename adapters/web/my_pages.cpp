#include "adapters/web/evaluation_json.hpp"
#include "adapters/web/form.hpp"
#include "adapters/web/public_site.hpp"
#include "plugin/app/rating/unanswered_cursor.hpp"
#include "plugin/domain/text.hpp"

#include <algorithm>

namespace hcp::web {

using domain::EvaluationId;

namespace {

constexpr std::size_t page_size = 20;
constexpr std::size_t counted = 200;  // of the newest: what of them is done the tab counts and the filter knows

struct Asked {
    MyPage::Tab tab = MyPage::Tab::pending;
    std::string project;
    std::optional<ports::UnansweredPlace> after;  // of 待评价
    EvaluationId before{};                        // of the others
};

std::optional<MyPage::Tab> tab_from(std::string_view name) {
    if (name.empty()) return MyPage::Tab::pending;
    for (const auto tab : {MyPage::Tab::pending, MyPage::Tab::rated, MyPage::Tab::closed})
        if (name == name_of(tab)) return tab;
    return std::nullopt;
}

std::optional<Asked> read_query(const Request& request) {
    const auto query = Form::parse(request.query);
    if (!query) return std::nullopt;
    const auto tab = tab_from(query->first("state"));
    if (!tab) return std::nullopt;
    Asked asked{*tab, std::string{query->first("project")}, {}, {}};
    const auto cursor = query->first("cursor");
    if (cursor.empty()) return asked;
    if (asked.tab != MyPage::Tab::pending) {
        const auto id = domain::whole_number<std::int64_t>(cursor);
        if (!id || *id <= 0) return std::nullopt;
        asked.before = EvaluationId{*id};
    } else if (!(asked.after = app::place_of(cursor))) {
        return std::nullopt;
    }
    return asked;
}

// What its author said, and what ended without a word of the subject's: a default, a bar, a withdrawal.
MyPage::Tab tab_of(const app::ListedEvaluation& listed) {
    const auto state = page_state(listed.facts);
    return takes_answer(state)         ? MyPage::Tab::pending
           : state == PageState::rated ? MyPage::Tab::rated
                                       : MyPage::Tab::closed;
}

// What is read at a time, of which a page shows those that fit.
struct Read {
    std::vector<app::ListedEvaluation> listed;
    std::string next;  // where reading goes on; empty = all was read
};

class Reader {
public:
    Reader(const Shared& context, const ports::SignedOn& who, domain::Instant now)
        : show_{context->services.show}, who_{who}, now_{now} {}

    ports::result<Read> pending(const std::optional<ports::UnansweredPlace>& after) const {
        HCP_TRY(auto page, show_.unanswered_of_subject(who_.subject_type, who_.certificate_no, after, now_));
        return Read{std::move(page.evaluations), page.next ? app::cursor_of(*page.next) : std::string{}};
    }
    // The newest first, of both other tabs.
    ports::result<Read> newest(EvaluationId before) const {
        HCP_TRY(auto listed, show_.of_subject(who_.subject_type, who_.certificate_no, before, counted, now_));
        const bool more = listed.size() == counted;
        auto next = more ? std::to_string(listed.back().id.value()) : std::string{};
        return Read{std::move(listed), std::move(next)};
    }

private:
    app::ShowEvaluation& show_;
    const ports::SignedOn& who_;
    const domain::Instant now_;
};

Read only(MyPage::Tab tab, Read read) {
    std::erase_if(read.listed, [&](const auto& one) { return tab_of(one) != tab; });
    return read;
}

std::string cursor_behind(const app::ListedEvaluation& listed, MyPage::Tab tab) {
    return tab == MyPage::Tab::pending ? app::cursor_of({listed.facts.deadline, listed.id})
                                       : std::to_string(listed.id.value());
}

ports::result<MyPage> gather(const Shared& context, const ports::SignedOn& who, const Asked& asked) {
    MyPage mine;
    mine.now = context->services.clock.now();
    mine.project = asked.project;
    mine.tab = asked.tab;
    const Reader reader{context, who, mine.now};
    const auto fits = [&](const auto& listed) {
        return asked.project.empty() || listed.facts.project_no == asked.project;
    };
    const auto count = [&](const Read& read, MyPage::Count& into) {
        into.n = static_cast<std::size_t>(std::count_if(read.listed.begin(), read.listed.end(), fits));
        into.all = read.next.empty();
        for (const auto& one : read.listed) {
            const auto same = [&](const auto& project) { return project.no == one.facts.project_no; };
            if (std::none_of(mine.projects.begin(), mine.projects.end(), same))
                mine.projects.push_back({one.facts.project_no, one.facts.project_name});
        }
    };

    HCP_TRY(auto pending, reader.pending({}));
    HCP_TRY(auto newest, reader.newest({}));
    auto rated = only(MyPage::Tab::rated, newest), closed = only(MyPage::Tab::closed, std::move(newest));
    count(pending, mine.pending);
    count(rated, mine.rated);
    count(closed, mine.closed);
    auto shown = std::move(asked.tab == MyPage::Tab::pending ? pending
                           : asked.tab == MyPage::Tab::rated ? rated
                                                             : closed);
    if (asked.after) {
        HCP_TRY(shown, reader.pending(asked.after));
    } else if (asked.before != EvaluationId{}) {
        HCP_TRY(auto older, reader.newest(asked.before));
        shown = only(asked.tab, std::move(older));
    }
    std::erase_if(shown.listed, [&](const auto& one) { return !fits(one); });
    mine.next = std::move(shown.next);
    if (shown.listed.size() > page_size) {
        shown.listed.resize(page_size);
        mine.next = cursor_behind(shown.listed.back(), asked.tab);
    }
    mine.shown = std::move(shown.listed);
    return mine;
}

void get_my(const Shared& context, const std::shared_ptr<const Request>& request, const Reply& reply) {
    const auto who = context->signed_on(*request);
    if (!who) return reply(context->answers.notice(401, "signed_off", *request));
    const auto asked = read_query(*request);
    if (!asked) return reply(context->answers.failure(400, *request));
    context->on_database(*request, reply, [context, request, who = *who, asked = *asked] {
        const auto mine = gather(context, who, asked);
        if (!mine) return context->answers.store_failure(mine.error(), *request);
        auto kept = asked.tab == MyPage::Tab::pending ? std::string{} : "&state=" + std::string{name_of(asked.tab)};
        if (!asked.project.empty()) kept += "&project=" + percent_encode(asked.project);
        return context->answers.page(200, my_page(context->look(*request, std::move(kept)), *mine), *request);
    });
}

void get_my_json(const Shared& context, const std::shared_ptr<const Request>& request, const Reply& reply) {
    const auto who = context->signed_on(*request);
    if (!who)
        return reply(context->answers.problem(401, "signed_off", "没有登录，或登录已过期",
                                              "请从交易平台的“好差评”入口重新进入"));
    const auto asked = read_query(*request);
    if (!asked) return reply(context->answers.failure(400, *request));
    context->on_database(*request, reply, [context, request, who = *who, asked = *asked] {
        const auto mine = gather(context, who, asked);
        if (!mine) return context->answers.store_failure(mine.error(), *request);
        boost::json::array rows;
        for (const auto& listed : mine->shown) {
            auto row = to_json(listed.facts);
            row["id"] = std::to_string(listed.id.value());
            row["link"] = context->link(listed.token);
            rows.push_back(std::move(row));
        }
        boost::json::object body{{"evaluations", std::move(rows)},
                                 {"pending_count", mine->pending.n},
                                 {"rated_count", mine->rated.n},
                                 {"closed_count", mine->closed.n},
                                 {"counted_all", mine->pending.all && mine->rated.all && mine->closed.all}};
        if (!mine->next.empty()) body["next"] = mine->next;
        return context->answers.json(200, serialize(body));
    });
}

}  // namespace

void add_my_pages(RouteTable& routes, const Shared& context) {
    routes.add(Method::get, "/my",
               [context](auto request, const auto&, auto reply) { get_my(context, request, reply); });
    routes.add(Method::get, "/api/v1/my",
               [context](auto request, const auto&, auto reply) { get_my_json(context, request, reply); });
}

}  // namespace hcp::web
