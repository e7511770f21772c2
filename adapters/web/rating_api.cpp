#include "adapters/web/embedded.hpp"
#include "adapters/web/evaluation_json.hpp"
#include "adapters/web/media_type.hpp"
#include "adapters/web/protection.hpp"
#include "adapters/web/public_site.hpp"
#include "plugin/app/rating/fate_words.hpp"

#include <variant>

namespace hcp::web {

namespace json = boost::json;
using domain::AnswerFate;
using domain::Channel;

namespace {

using Kind = app::RatingReply::Kind;

struct Flaw {
    std::string field, reason;
};

// What a personal link can say of where it was opened. A window's code, a kiosk and a terminal have credentials of
// their own.
std::optional<Channel> channel_from(std::string_view name) {
    if (name == "portal") return Channel::portal;
    if (name == "mobile") return Channel::mobile;
    return std::nullopt;
}

// False when it is there and is no text.
bool take_text(const json::object& from, std::string_view name, std::string& into) {
    const auto* value = from.if_contains(name);
    if (value == nullptr || value->is_null()) return true;
    if (!value->is_string() || value->get_string().find('\0') != json::string::npos) return false;
    into = std::string{value->get_string()};
    return true;
}

std::optional<Flaw> read_consent(const json::object& from, domain::Consent& into) {
    const auto flag = [&](std::string_view name, bool& value) {
        const auto* given = from.if_contains(name);
        if (given == nullptr || given->is_null()) return true;
        if (given->is_bool()) value = given->get_bool();
        return given->is_bool();
    };
    if (!flag("shown_to_rated", into.shown_to_rated))
        return Flaw{"consent.shown_to_rated", "shown_to_rated 应为 true 或 false"};
    if (!flag("may_be_contacted", into.may_be_contacted))
        return Flaw{"consent.may_be_contacted", "may_be_contacted 应为 true 或 false"};
    if (!take_text(from, "phone", into.phone)) return Flaw{"consent.phone", "phone 应为文字"};
    return std::nullopt;
}

// The shape of a body; whether the answer will do is judged with the rules of its case.
std::variant<domain::Answer, Flaw> read_answer(std::string_view body) {
    json::error_code fault;
    json::parse_options limits;
    limits.max_depth = 4;
    const auto parsed = json::parse(body, fault, {}, limits);
    if (fault || !parsed.is_object()) return Flaw{"", "请求正文不是 JSON 对象"};
    const auto& object = parsed.get_object();
    domain::Answer answer;
    if (const auto* level = object.if_contains("level"); level != nullptr && !level->is_null()) {
        const auto* code = level->if_int64();
        if (code == nullptr || !domain::level_from(*code))
            return Flaw{"level", "level 应为 1 至 5 的整数（5 非常满意，1 非常不满意）"};
        answer.level = domain::level_from(*code);
    }
    if (const auto* tags = object.if_contains("tags"); tags != nullptr && !tags->is_null()) {
        if (!tags->is_array()) return Flaw{"tags", "tags 应为字符串数组"};
        for (const auto& tag : tags->get_array()) {
            if (!tag.is_string()) return Flaw{"tags", "tags 应为字符串数组"};
            answer.tags.emplace_back(tag.get_string());
        }
    }
    std::string text, channel;
    if (!take_text(object, "text", text)) return Flaw{"text", "text 应为文字"};
    if (!take_text(object, "request_key", answer.request_key)) return Flaw{"request_key", "request_key 应为文字"};
    if (!take_text(object, "channel", channel)) return Flaw{"channel", "channel 应为文字"};
    answer.text = tidy_text(text);
    if (!channel.empty()) {
        const auto known = channel_from(channel);
        if (!known) return Flaw{"channel", "channel 应为 portal 或 mobile：个人链接只能用于门户和手机"};
        answer.channel = *known;
    }
    if (const auto* consent = object.if_contains("consent"); consent != nullptr && !consent->is_null()) {
        if (!consent->is_object()) return Flaw{"consent", "consent 应为 JSON 对象"};
        if (auto flaw = read_consent(consent->get_object(), answer.consent)) return *std::move(flaw);
    }
    return answer;
}

Response refuse(const Shared& context, const Flaw& flaw) {
    return context->answers.problem(422, "invalid", flaw.reason, "请修改后重新提交", flaw.field);
}

std::optional<Response> not_ours(const Shared& context, const Request& request) {
    if (!from_our_own_page(request, context->own_hosts)) return context->answers.failure(403, request);
    if (!is_media_type(request.content_type, "application/json")) return context->answers.failure(415, request);
    return std::nullopt;
}

Response decided(const Shared& context, const app::RatingReply& replied, json::object body) {
    const auto words = app::words_of(replied.fate);
    const auto with = [&](int status) {
        body["fate"] = words.code;
        return context->answers.json(status, serialize(body));
    };
    const auto refused = [&](int status) {
        return context->answers.problem(status, words.code, words.why, words.what_follows);
    };
    switch (replied.fate) {
        case AnswerFate::accepted:
        case AnswerFate::replaces_default:
            return with(201);
        case AnswerFate::repeated:
            return with(200);
        case AnswerFate::late:
        case AnswerFate::voided:
            if (!replied.comment_kept)
                return context->answers.problem(409, words.code, std::string{words.why} + "，不再暂存",
                                                "可以提交意见：它不计入评价等级，但会转交办理部门");
            body["explanation"] = std::string{words.why} + "，" + std::string{words.what_follows};
            return with(202);
        case AnswerFate::already_rated:
            return refused(409);
        case AnswerFate::barred:
            return refused(403);
    }
    return context->answers.problem(500, "internal", "处理时发生了错误", "请稍后再试");
}

// Where in the body it is.
std::string field_of(const app::AnswerFault& fault) {
    return fault.field == "phone" ? "consent.phone" : fault.field == "comment" ? "text" : fault.field;
}

Response answer(const Shared& context, const Request& request, const app::RatingReply& replied) {
    if (replied.kind == Kind::no_such_evaluation) return context->answers.failure(404, request);
    if (replied.kind == Kind::fault)
        return refuse(context, {field_of(*replied.fault),
                                replied.fault->problem + std::string{replied.draft_kept ? app::draft_kept_words : ""}});
    auto facts = context->services.show.facts_of(*replied.view, context->services.clock.now());
    if (!facts) return context->answers.store_failure(facts.error(), request);
    if (replied.consent && facts->rating) facts->rating->consent = *replied.consent;
    auto body = to_json(*facts);
    if (replied.kind == Kind::drafted) return context->answers.json(200, serialize(body));
    return decided(context, replied, std::move(body));
}

void ask(const Shared& context, const std::shared_ptr<const Request>& request, const Reply& reply,
         app::RatingRequest rating) {
    context->services.ratings.rate(std::move(rating), [context, request, reply](const app::RatingOutcome& outcome) {
        try {
            reply(context->answers.answer_to(outcome, *request,
                                             [&](const auto& decided) { return answer(context, *request, decided); }));
        } catch (const std::exception& fault) {
            context->services.log.often(ports::LogLevel::error, "接口处理出错", fault.what());
            reply(context->answers.failure(500, *request));
        }
    });
}

void take_back(const Shared& context, const std::shared_ptr<const Request>& request, const Parameters& parameters,
               const Reply& reply) {
    if (!from_our_own_page(*request, context->own_hosts)) return reply(context->answers.failure(403, *request));
    const auto digest = link_digest(context, *request, parameters, reply);
    if (!digest) return;
    app::RatingRequest rating;
    rating.token_digest = *digest;
    rating.intent = app::Intent::take_back;
    rating.answer.received_at = request->received_at;
    ask(context, request, reply, std::move(rating));
}

void take_answer(const Shared& context, const std::shared_ptr<const Request>& request, const Parameters& parameters,
                 const Reply& reply, app::Intent intent) {
    if (auto refused = not_ours(context, *request)) return reply(*std::move(refused));
    const auto digest = link_digest(context, *request, parameters, reply);
    if (!digest) return;
    auto read = read_answer(request->body);
    if (const auto* flaw = std::get_if<Flaw>(&read)) return reply(refuse(context, *flaw));
    auto& given = std::get<domain::Answer>(read);
    if (intent == app::Intent::submit && given.request_key.empty())
        return reply(
            refuse(context, {"request_key", "缺少 request_key：同一份评价重试时请使用同一个标识，以免重复提交"}));
    given.received_at = request->received_at;
    ask(context, request, reply, {*digest, std::move(given), intent, true});
}

void get_evaluation(const Shared& context, const std::shared_ptr<const Request>& request, const Parameters& parameters,
                    const Reply& reply) {
    const auto digest = link_digest(context, *request, parameters, reply);
    if (!digest) return;
    context->on_database(*request, reply, [context, request, digest = *digest] {
        const auto facts = context->services.show.by_token(digest, context->services.clock.now());
        if (!facts) return context->answers.store_failure(facts.error(), *request);
        if (!*facts) return context->answers.failure(404, *request);
        auto body = to_json(**facts);
        const auto rules = context->services.rules.current();
        body["levels"] = levels_json(rules->tags);
        return context->answers.json(200, serialize(body));
    });
}

}  // namespace

void add_rating_api(RouteTable& routes, const Shared& context) {
    const std::string base = "/api/v1/evaluations/{token}";
    routes.add(Method::get, base, [context](auto request, auto parameters, auto reply) {
        get_evaluation(context, request, parameters, reply);
    });
    routes.add(Method::put, base + "/draft", [context](auto request, auto parameters, auto reply) {
        take_answer(context, request, parameters, reply, app::Intent::draft);
    });
    routes.add(Method::remove, base + "/draft", [context](auto request, auto parameters, auto reply) {
        take_back(context, request, parameters, reply);
    });
    routes.add(Method::post, base + "/rating", [context](auto request, auto parameters, auto reply) {
        take_answer(context, request, parameters, reply, app::Intent::submit);
    });
    routes.add(Method::get, "/api/v1/openapi.json", [context](const auto&, const auto&, const Reply& reply) {
        auto document = json::parse(embedded_file("openapi.json")->bytes);
        document.at("servers").at(0) = {{"url", context->own_url()}};
        reply(context->answers.json(200, serialize(document)));
    });
}

}  // namespace hcp::web
