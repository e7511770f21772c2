#include "integration/province_sim/platform.hpp"

#include "integration/province_sim/code_tables.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <string_view>

namespace province_sim {
namespace {

namespace json = boost::json;

struct Route {
    std::string_view path, kind;
};
constexpr Route routes[] = {
    {"/hcp/project/submit", "M1"},
    {"/hcp/evaluate/offline", "M2"},
    {"/hcp/service/list", "M4"},
    {"/hcp/norm", "M5"},
};

std::string_view kind_of(std::string_view path) {
    for (const auto& route : routes)
        if (route.path == path) return route.kind;
    return "-";
}

std::string project_no_in(const json::value& record) {
    const auto* const object = record.if_object();
    const auto* const value = object != nullptr ? object->if_contains("projectNo") : nullptr;
    return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
}

json::object done() {
    return {{"success", "true"}, {"message", "操作成功"}};
}

// M5 answers in the national style: no wrapper, and every value is a text.
json::object indicators() {
    const auto yes_or_no = [](bool value) { return value ? "true" : "false"; };
    json::array data;
    for (const auto& indicator : t8_indicators())
        data.push_back(json::object{{"starLevel", indicator.code.substr(0, 1)},
                                    {"usingStatus", yes_or_no(indicator.current)},
                                    {"normCode", indicator.code},
                                    {"iid", std::to_string(data.size() + 1)},
                                    {"normName", indicator.text},
                                    {"expandNorm", yes_or_no(indicator.expanded)}});
    return {{"code", "0"}, {"message", "获取成功"}, {"success", "true"}, {"data", std::move(data)}};
}

std::string render(std::string_view kind, const json::object& body, std::string_view refusal, Shape shape) {
    if (kind != "M5") return render_reply(body, refusal, shape);
    if (refusal.empty()) return json::serialize(body);
    return json::serialize(json::object{{"code", "-1"}, {"message", refusal}, {"success", "false"}});
}

std::string_view refusal_by(const Fault& fault, std::string_view kind) {
    if (!fault.message.empty()) return fault.message;
    switch (fault.kind) {
        case FaultKind::inner_failure:
            return "业务处理失败";
        case FaultKind::duplicate:
            return kind == "M1" ? "已存在该条服务信息，请勿重复提交！" : "评价数据不可重复";
        case FaultKind::unknown_service:
            return "没有对应的服务数据";
        case FaultKind::token_expired:
            return "签名校验失败：令牌已过期";
        default:
            return "系统繁忙，请稍后再试";
    }
}

constexpr std::string_view proxy_page =
    "<html><head><title>Bad Gateway</title></head><body><h1>Bad Gateway</h1><hr>nginx</body></html>";

Answer spoilt(const Fault& fault, std::string_view kind, const json::object& body, std::string_view refusal) {
    Answer answer;
    answer.delay = fault.delay;
    answer.status = fault.status;
    switch (fault.kind) {
        case FaultKind::inner_failure:
            answer.body = render_inner_failure(refusal_by(fault, kind));
            break;
        case FaultKind::body_string:
            answer.body = render(kind, body, refusal, Shape::body_as_string);
            break;
        case FaultKind::no_wrapper:
            answer.body = render(kind, body, refusal, Shape::unwrapped);
            break;
        case FaultKind::empty_body:
            break;
        case FaultKind::duplicate:
            // An honest refusal stands: to call it a duplicate would hide that nothing is stored.
            answer.body = render(kind, {}, refusal.empty() ? refusal_by(fault, kind) : refusal, Shape::wrapped);
            break;
        case FaultKind::cut_after_store:
        case FaultKind::cut_before_store:
        case FaultKind::down:
            answer.cut = true;
            break;
        case FaultKind::html_error:
            answer.content_type = "text/html";
            answer.body = proxy_page;
            break;
        case FaultKind::gbk_message:
            answer.content_type = "application/json";
            answer.body = to_gbk(render(kind, body, refusal, Shape::wrapped));
            break;
        case FaultKind::slow:
            answer.body = render(kind, body, refusal, Shape::wrapped);
            break;
        case FaultKind::http_429:
        case FaultKind::http_503:
            answer.retry_after_s = fault.retry_after_s;
            [[fallthrough]];
        case FaultKind::http_500:
        case FaultKind::unknown_service:
        case FaultKind::token_expired:
            answer.body = render(kind, {}, refusal_by(fault, kind), Shape::wrapped);
            break;
    }
    return answer;
}

}  // namespace

json::value Platform::open(const Request& request, const Arrival& arrival) const {
    if (arrival.kind == "-") throw Refusal{"路径不存在"};
    if (request.method != "POST") throw Refusal{"请求方法应为POST"};
    if (arrival.kind != "M5") return open_request(request, rules_.caller, crypto_, arrival.at);
    check_form(request, rules_.caller, crypto_, arrival.at);
    return nullptr;
}

json::object Platform::perform(const json::value& record, const Arrival& arrival) {
    if (arrival.kind == "M1") {
        store_.accept_service(check_service(record, arrival.at), arrival);
        return done();
    }
    if (arrival.kind == "M2") {
        store_.accept_rating(check_rating(record, arrival.at, rules_.channels), arrival);
        return done();
    }
    auto body = arrival.kind == "M4" ? list_services(record) : indicators();
    store_.note(arrival);
    return body;
}

json::object Platform::list_services(const json::value& record) {
    json::array list;
    for (const auto& service : store_.services_of(check_query(record)))
        list.push_back(json::object{{"projectNo", service.project_no},
                                    {"serviceNumber", std::to_string(service.number)},
                                    {"serviceName", service.service_name},
                                    {"serviceTime", service.service_time},
                                    {"proStatus", service.pro_status},
                                    {"commented", service.commented ? "1" : "0"},
                                    {"satisfaction", service.satisfaction},
                                    {"assessTime", service.assess_time}});
    if (list.empty() && rules_.refuse_no_match) throw Refusal{"No match found"};
    return {{"serviceList", json::array{crypto_.seal(json::serialize(list))}}};
}

Answer Platform::handle(const Request& request) {
    Arrival arrival;
    arrival.at = clock_.now();
    arrival.kind = kind_of(request.path);

    // Opened before any fault is drawn: a request that gets spoilt is under way for its dossier all the same.
    json::value record;
    std::string refusal;
    std::shared_ptr<void> in_flight;
    try {
        record = open(request, arrival);
        arrival.project_no = project_no_in(record);
        if (!arrival.project_no.empty()) in_flight = stats_.enter(arrival.kind, arrival.project_no);
    } catch (const Refusal& refused) {
        refusal = refused.what();
    }

    const auto fault = faults_.draw(arrival.kind);
    if (fault) arrival.fault = name_of(fault->kind);

    json::object body;
    if (fault && !fault->processed) {
        arrival.outcome = "spoilt";
        store_.note(arrival);
    } else {
        try {
            if (!refusal.empty()) throw Refusal{refusal};
            arrival.outcome = "accepted";
            body = perform(record, arrival);
        } catch (const Refusal& refused) {
            arrival.reason = refusal = refused.what();
            arrival.outcome = "refused";
            store_.note(arrival);
        }
    }
    stats_.count(arrival.kind, arrival.outcome, arrival.fault, arrival.reason);

    Answer answer;
    if (fault) {
        answer = spoilt(*fault, arrival.kind, body, refusal);
    } else {
        answer.body = render(arrival.kind, body, refusal, Shape::wrapped);
        if (arrival.kind == "-")
            answer.status = 404;
        else if (request.method != "POST")
            answer.status = 405;
    }
    answer.date = format_http_date(arrival.at);
    answer.in_flight = std::move(in_flight);
    return answer;
}

}  // namespace province_sim
