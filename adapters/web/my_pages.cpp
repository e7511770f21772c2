#include "adapters/web/evaluation_json.hpp"
#include "adapters/web/form.hpp"
#include "adapters/web/public_site.hpp"
#include "plugin/domain/text.hpp"

#include <algorithm>

namespace hcp::web {

using domain::EvaluationId;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t page_size = 20;
constexpr std::size_t counted = 200;  // how many of the newest the tabs count and the filter knows

void sign_on(const Shared& context, const std::shared_ptr<const Request>& request, const Reply& reply) {
    if (request->method == Method::head)
        return reply(context->answers.failure(405, *request));  // whoever only looks must not use the ticket up
    const auto query = Form::parse(request->query);
    const auto ticket = query ? query->first("ticket") : std::string_view{};
    if (ticket.empty() || ticket.size() > 512) return reply(context->answers.failure(400, *request));
    context->sessions.close(cookie_value(request->cookie, session_cookie));
    context->services.redeem(std::string{ticket}, [context, request, reply](std::optional<ports::SignedOn> who) {
        if (!who) {
            return reply(context->answers.notice(403, "登录已失效", "登录凭证无效、已经用过或已过期。",
                                                 "请从交易平台的“好差评”入口重新进入。", *request));
        }
        if (who->staff) {
            return reply(context->answers.notice(403, "工作人员不能评价",
                                                 "评价由参与交易的主体自愿作出，工作人员不能代为评价。", "", *request));
        }
        auto response = context->answers.redirect("/my");
        response.headers.emplace_back("Set-Cookie", std::string{session_cookie} + '=' +
                                                        context->sessions.open(*std::move(who), steady_clock::now()) +
                                                        "; Path=/; HttpOnly; SameSite=Lax" +
                                                        (context->base_url.is_https() ? "; Secure" : ""));
        reply(std::move(response));
    });
}

struct Asked {
    bool done = false;
    std::string project;
    EvaluationId before{};
};

std::optional<Asked> read_query(const Request& request) {
    const auto query = Form::parse(request.query);
    if (!query) return std::nullopt;
    Asked asked{query->first("state") == "done", std::string{query->first("project")}, {}};
    if (const auto before = query->first("before"); !before.empty()) {
        const auto id = domain::whole_number<std::int64_t>(before);
        if (!id || *id <= 0) return std::nullopt;
        asked.before = EvaluationId{*id};
    }
    return asked;
}

bool is_done(const app::ListedEvaluation& listed) {
    return !takes_answer(page_state(listed.facts));
}

ports::result<MyPage> gather(const Shared& context, const ports::SignedOn& who, const Asked& asked) {
    MyPage mine;
    mine.now = context->services.clock.now();
    mine.project = asked.project;
    mine.done = asked.done;
    const auto fetch = [&](EvaluationId before) {
        return context->services.show.of_subject(who.subject_type, who.certificate_no, before, counted, mine.now);
    };
    const auto fits = [&](const auto& listed) {
        return asked.project.empty() || listed.facts.project_no == asked.project;
    };

    HCP_TRY(auto listed, fetch(EvaluationId{}));
    mine.counted_all = listed.size() < counted;
    for (const auto& one : listed) {
        if (fits(one)) ++(is_done(one) ? mine.done_count : mine.pending_count);
        const auto same = [&](const auto& project) { return project.no == one.facts.project_no; };
        if (std::none_of(mine.projects.begin(), mine.projects.end(), same))
            mine.projects.push_back({one.facts.project_no, one.facts.project_name});
    }
    if (asked.before.value() != 0) {
        HCP_TRY(listed, fetch(asked.before));
    }
    EvaluationId last{};
    for (auto& one : listed) {
        if (mine.shown.size() == page_size) {
            mine.next = last;
            break;
        }
        last = one.id;
        if (fits(one) && is_done(one) == asked.done) mine.shown.push_back(std::move(one));
    }
    if (mine.next.value() == 0 && listed.size() == counted) mine.next = last;
    return mine;
}

std::optional<ports::SignedOn> signed_on(const Shared& context, const Request& request) {
    return context->sessions.find(cookie_value(request.cookie, session_cookie), steady_clock::now());
}

void get_my(const Shared& context, const std::shared_ptr<const Request>& request, const Reply& reply) {
    const auto who = signed_on(context, *request);
    if (!who) {
        return reply(context->answers.notice(401, "请先登录", "查看您的评价需要从交易平台登录进入。",
                                             "请从交易平台的“好差评”入口进入。", *request));
    }
    const auto asked = read_query(*request);
    if (!asked) return reply(context->answers.failure(400, *request));
    context->on_database(*request, reply, [context, request, who = *who, asked = *asked] {
        const auto mine = gather(context, who, asked);
        if (!mine) return context->answers.store_failure(mine.error(), *request);
        auto kept = std::string{asked.done ? "&state=done" : ""};
        if (!asked.project.empty()) kept += "&project=" + percent_encode(asked.project);
        return context->answers.page(200, my_page(context->look(*request, std::move(kept)), *mine), *request);
    });
}

void get_my_json(const Shared& context, const std::shared_ptr<const Request>& request, const Reply& reply) {
    const auto who = signed_on(context, *request);
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
                                 {"pending_count", mine->pending_count},
                                 {"done_count", mine->done_count},
                                 {"counted_all", mine->counted_all}};
        if (mine->next.value() != 0) body["next_before"] = std::to_string(mine->next.value());
        return context->answers.json(200, serialize(body));
    });
}

}  // namespace

void add_my_pages(RouteTable& routes, const Shared& context) {
    routes.add(Method::get, "/s",
               [context](auto request, const auto&, auto reply) { sign_on(context, request, reply); });
    routes.add(Method::get, "/my",
               [context](auto request, const auto&, auto reply) { get_my(context, request, reply); });
    routes.add(Method::get, "/api/v1/my",
               [context](auto request, const auto&, auto reply) { get_my_json(context, request, reply); });
}

}  // namespace hcp::web
