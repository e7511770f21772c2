#include "adapters/web/staff_routes.hpp"

#include "adapters/web/media_type.hpp"

#include <algorithm>
#include <utility>

namespace hcp::web {

namespace json = boost::json;

namespace {

using Asked = std::shared_ptr<const Request>;

std::function<Response()> nobody(const SharedStaff& context, const Asked& request) {
    return [context, request] { return context->answers.failure(401, *request); };
}

StaffContext::Work called(const SharedStaff& context, const Asked& request, Parameters parameters,
                          const StaffWork& work) {
    return [context, request, parameters = std::move(parameters), work](const app::DeskSession& session) {
        return work({*context, *request, parameters, session});
    };
}

StaffContext::Preparation prepared(const SharedStaff& context, const Asked& request, Parameters parameters,
                                   const StaffPreparation& prepare) {
    return [context, request, parameters = std::move(parameters),
            prepare](const app::DeskSession& session) -> StaffContext::Prepared {
        auto answer = prepare({*context, *request, parameters, session});
        auto* const last = std::get_if<std::function<Response()>>(&answer);
        if (last == nullptr) return answer;
        return [context, request, last = std::move(*last)] { return last(); };
    };
}

// A change without a body brings none that is not.
bool brings_json(const Request& request) {
    return request.body.empty() || is_media_type(request.content_type, "application/json");
}

}  // namespace

bool StaffCall::may_any(std::initializer_list<domain::Action> actions) const noexcept {
    return std::ranges::any_of(actions,
                               [&](domain::Action one) { return reach_of(viewer(), one) != domain::Reach::nothing; });
}

Response StaffCall::json(int status, const boost::json::value& body) const {
    return context.answers.json(status, serialize(body));
}

Response StaffCall::refused(int status, std::string_view code, std::string_view said, std::string_view field,
                            json::array faults) const {
    const auto [reason, remedy] = domain::parted(said, "：");
    return context.answers.problem(status, code, reason, remedy, field, std::move(faults));
}

Response StaffCall::not_allowed() const {
    return refused(403, "not_allowed", "您的岗位无权这样做：权限表列出谁可以做");
}

Response StaffCall::not_found() const {
    return refused(404, "not_found", "没有这一条：回到列表核对");
}

Response StaffCall::bad_page() const {
    return refused(422, "invalid", "页码或每页条数不对：每页 1 至 100 条", "limit");
}

Response StaffCall::store_failure(const ports::error_code& error) const {
    return context.answers.store_failure(error, request);
}

void add_read(RouteTable& routes, const SharedStaff& context, std::string pattern, StaffWork work) {
    routes.add(Method::get, std::move(pattern),
               [context, work = std::move(work)](const auto& request, auto parameters, const auto& reply) {
                   context->signed_on(request, reply, nobody(context, request),
                                      called(context, request, std::move(parameters), work));
               });
}

void add_change(RouteTable& routes, const SharedStaff& context, Method method, std::string pattern, StaffWork work) {
    routes.add(method, std::move(pattern),
               [context, work = std::move(work)](const auto& request, auto parameters, const auto& reply) {
                   if (!brings_json(*request)) return reply(context->answers.failure(415, *request));
                   context->changes(request, reply, nobody(context, request),
                                    called(context, request, std::move(parameters), work));
               });
}

void add_prepared_change(RouteTable& routes, const SharedStaff& context, Method method, std::string pattern,
                         StaffPreparation prepare) {
    routes.add(method, std::move(pattern),
               [context, prepare = std::move(prepare)](const auto& request, auto parameters, const auto& reply) {
                   if (!brings_json(*request)) return reply(context->answers.failure(415, *request));
                   context->prepared_changes(request, reply, nobody(context, request),
                                             prepared(context, request, std::move(parameters), prepare));
               });
}

StaffBody::StaffBody(const StaffCall& call) : call_{call} {
    json::error_code error;
    json::parse_options limits;
    limits.max_depth = 4;
    auto parsed = json::parse(call.request.body.empty() ? "{}" : call.request.body, error, {}, limits);
    if (error || !parsed.is_object())
        wrong({}, "请求正文不是 JSON 对象：按接口说明填写");
    else
        object_ = std::move(parsed.get_object());
}

void StaffBody::wrong(std::string_view field, std::string_view said) {
    if (!fault_) fault_ = call_.refused(422, "invalid", said, field);
}

const json::value* StaffBody::find(std::string_view name) const {
    const auto* const value = object_.if_contains(name);
    return value == nullptr || value->is_null() ? nullptr : value;
}

std::string StaffBody::text(std::string_view name) {
    const auto* const value = find(name);
    if (value == nullptr) return {};
    if (!value->is_string() || value->get_string().find('\0') != json::string::npos) {
        wrong(name, std::string{name} + " 应为文字：改正后重新提交");
        return {};
    }
    return std::string{domain::trimmed(value->get_string())};
}

std::vector<std::string> StaffBody::texts(std::string_view name) {
    const auto* const value = find(name);
    std::vector<std::string> all;
    if (value == nullptr) return all;
    constexpr std::size_t most = 100;
    const auto* const list = value->if_array();
    if (list == nullptr || list->size() > most) {
        wrong(name, std::string{name} + " 应为至多 100 个文字的数组：改正后重新提交");
        return all;
    }
    for (const auto& one : *list) {
        if (!one.is_string() || one.get_string().find('\0') != json::string::npos) {
            wrong(name, std::string{name} + " 应为文字的数组：改正后重新提交");
            return {};
        }
        all.emplace_back(one.get_string());
    }
    return all;
}

std::int32_t StaffBody::number(std::string_view name) {
    const auto* const value = find(name);
    json::error_code error;
    const auto number = value == nullptr ? 0 : value->to_number<std::int32_t>(error);
    if (value == nullptr || error) wrong(name, std::string{name} + " 应为整数：改正后重新提交");
    return error ? 0 : number;
}

}  // namespace hcp::web
