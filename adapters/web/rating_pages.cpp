#include "adapters/web/form.hpp"
#include "adapters/web/media_type.hpp"
#include "adapters/web/phrases.hpp"
#include "adapters/web/protection.hpp"
#include "adapters/web/public_site.hpp"
#include "adapters/web/random_text.hpp"
#include "plugin/domain/text.hpp"

namespace hcp::web {

using domain::AnswerFate;

namespace {

using Kind = app::RatingReply::Kind;

Response show(const Shared& context, const Request& request, int status, EvaluationPage shown, const Look& look) {
    shown.now = context->services.clock.now();
    shown.province_text_limit = context->services.province_text_limit;
    if (shown.request_key.empty()) shown.request_key = random_hex();
    const auto rules = context->services.rules.current();
    return context->answers.page(status, evaluation_page(look, shown, rules->tags), request);
}

Response show(const Shared& context, const Request& request, int status, EvaluationPage shown) {
    auto look = context->look(request);
    look.leads_to_list = context->signed_on(request).has_value();
    return show(context, request, status, std::move(shown), look);
}

void get_rating_page(const Shared& context, const std::shared_ptr<const Request>& request, const Parameters& parameters,
                     const Reply& reply) {
    const auto digest = link_digest(context, *request, parameters, reply);
    if (!digest) return;
    context->on_database(
        *request, reply, [context, request, digest = *digest, token = parameters.find("token")->second] {
            auto facts = context->services.show.by_token(digest, context->services.clock.now());
            if (!facts) return context->answers.store_failure(facts.error(), *request);
            if (!*facts) return context->answers.failure(404, *request);
            EvaluationPage shown;
            shown.token = token;
            shown.facts = **std::move(facts);
            const auto query = Form::parse(request->query);
            shown.refused_second =
                query && query->first("already") == "1" && page_state(shown.facts) == PageState::rated;
            shown.noted = query && query->first("noted") == "1" && takes_comment(page_state(shown.facts));
            if (takes_answer(page_state(shown.facts))) return show(context, *request, 200, std::move(shown));
            const auto look = context->leading_on(*request, token);
            return show(context, *request, 200, std::move(shown), look);
        });
}

void get_receipt(const Shared& context, const std::shared_ptr<const Request>& request, const Parameters& parameters,
                 const Reply& reply) {
    const auto digest = link_digest(context, *request, parameters, reply);
    if (!digest) return;
    context->on_database(
        *request, reply, [context, request, digest = *digest, token = parameters.find("token")->second] {
            const auto facts = context->services.show.by_token(digest, context->services.clock.now());
            if (!facts) return context->answers.store_failure(facts.error(), *request);
            if (!*facts) return context->answers.failure(404, *request);
            // A default has no receipt: nobody gave it.
            if (page_state(**facts) != PageState::rated) return context->answers.redirect("/e/" + token);
            return context->answers.page(
                200, receipt_page(context->leading_on(*request, token), token, context->link(token), **facts),
                *request);
        });
}

// What the form says. A bare bad level is the first tap, which is kept at once (E9); from the page that asks for
// details it is an answer that lacks them.
app::RatingRequest read_answer(const Form& form, const record::Digest& digest, const Request& request) {
    app::RatingRequest rating;
    rating.token_digest = digest;
    const auto level = form.first("level");
    if (const auto code = domain::whole_number<std::int64_t>(level)) rating.answer.level = domain::level_from(*code);
    rating.answer.tags = form.all("tag_" + std::string{level});
    rating.answer.text = tidy_text(form.first("text"));
    rating.answer.request_key = form.first("request_key");
    auto& consent = rating.answer.consent;
    // A box that is not ticked is not sent, so the form says that it asked.
    consent.shown_to_rated = form.first("asks_anonymous") == "1" && form.first("anonymous") != "1";
    consent.may_be_contacted = form.first("contact") == "1";
    if (consent.may_be_contacted) consent.phone = form.first("phone");  // else it is hidden
    rating.answer.received_at = request.received_at;
    const bool bare = rating.answer.tags.empty() && rating.answer.text.empty();
    const bool bad = rating.answer.level && domain::is_bad(*rating.answer.level);
    if (bad && bare && form.first("stage") != "details") rating.intent = app::Intent::draft;
    if (form.first("stage") == "take_back") rating.intent = app::Intent::take_back;
    return rating;
}

Response answer(const Shared& context, const Request& request, const std::string& token,
                const app::RatingRequest& asked, const app::RatingReply& replied) {
    if (replied.kind == Kind::no_such_evaluation) return context->answers.failure(404, request);
    if (replied.kind == Kind::drafted) return context->answers.redirect("/e/" + token);

    auto facts = context->services.show.facts_of(*replied.view, context->services.clock.now());
    if (!facts) return context->answers.store_failure(facts.error(), request);
    EvaluationPage shown;
    shown.token = token;
    shown.facts = *std::move(facts);
    if (replied.kind == Kind::fault) {
        shown.fault = replied.fault;
        shown.draft_kept = replied.draft_kept;
        shown.sent = asked.answer;
        shown.request_key = asked.answer.request_key;
        return show(context, request, 422, std::move(shown));
    }
    switch (replied.fate) {
        case AnswerFate::accepted:
        case AnswerFate::replaces_default:
        case AnswerFate::repeated:
            return context->answers.redirect("/e/" + token + "/receipt");
        case AnswerFate::late:
        case AnswerFate::voided:
            if (replied.comment_kept) return context->answers.redirect("/e/" + token + "?noted=1");
            shown.sent = asked.answer;
            shown.request_key = asked.answer.request_key;
            shown.fault = app::AnswerFault{"comment", phrase(Language::zh, "fault.comment")};
            return show(context, request, 422, std::move(shown));
        case AnswerFate::already_rated:
            shown.refused_second = true;
            return show(context, request, 409, std::move(shown));
        case AnswerFate::barred:
            return show(context, request, 403, std::move(shown));
    }
    return context->answers.failure(500, request);
}

void post_evaluation(const Shared& context, const std::shared_ptr<const Request>& request, const Parameters& parameters,
                     const Reply& reply) {
    if (!from_our_own_page(*request, context->own_hosts)) return reply(context->answers.failure(403, *request));
    if (!is_media_type(request->content_type, "application/x-www-form-urlencoded"))
        return reply(context->answers.failure(415, *request));
    const auto form = Form::parse(request->body);
    if (!form) return reply(context->answers.failure(400, *request));
    const auto digest = link_digest(context, *request, parameters, reply);
    if (!digest) return;
    auto rating = read_answer(*form, *digest, *request);
    context->services.ratings.rate(rating, [context, request, reply, rating, token = parameters.find("token")->second](
                                               const app::RatingOutcome& outcome) {
        try {
            reply(context->answers.answer_to(outcome, *request, [&](const app::RatingReply& decided) {
                return answer(context, *request, token, rating, decided);
            }));
        } catch (const std::exception& fault) {
            context->services.log.often(ports::LogLevel::error, "页面处理出错", fault.what());
            reply(context->answers.failure(500, *request));
        }
    });
}

}  // namespace

void add_rating_pages(RouteTable& routes, const Shared& context) {
    routes.add(Method::get, "/e/{token}", [context](auto request, auto parameters, auto reply) {
        get_rating_page(context, request, parameters, reply);
    });
    routes.add(Method::post, "/e/{token}", [context](auto request, auto parameters, auto reply) {
        post_evaluation(context, request, parameters, reply);
    });
    routes.add(Method::get, "/e/{token}/receipt", [context](auto request, auto parameters, auto reply) {
        get_receipt(context, request, parameters, reply);
    });
}

}  // namespace hcp::web
