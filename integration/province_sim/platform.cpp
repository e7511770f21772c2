#include "integration/province_sim/platform.hpp"

#include "integration/province_sim/code_tables.hpp"
#include "integration/province_sim/spoil.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
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

// A text of the record, whatever else may be wrong with it; empty if there is none.
std::string text_in(const json::value& record, std::string_view name) {
    const auto* const object = record.if_object();
    const auto* const value = object != nullptr ? object->if_contains(name) : nullptr;
    return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
}

// The subject's, of an M1 or M4; a rating does not tell whose it is.
std::string certificate_in(const json::value& record, std::string_view kind) {
    if (kind != "M1" && kind != "M4") return {};
    for (const auto* const name : {"creditNum", "certKey", "certkeyGOV"})
        if (auto number = text_in(record, name); !number.empty()) return number;
    return {};
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

}  // namespace

json::value Platform::open(const Request& request, const Arrival& arrival) const {
    if (arrival.kind == "-") throw Refusal{"路径不存在"};
    if (request.method != "POST") throw Refusal{"请求方法应为POST"};
    if (arrival.kind != "M5") return open_request(request, rules_.caller, crypto_, arrival.at);
    check_form(request, rules_.caller, crypto_, arrival.at);
    return nullptr;
}

void Platform::take_service(const json::value& record, Arrival& arrival, const Fault* fault) {
    const auto service = check_service(record, arrival.at);
    if (fault != nullptr && fault->kind == FaultKind::twice)
        store_.accept_service(service, arrival, arrival.at + fault->store_after);
    else if (!waits(service, arrival, fault))
        store_.accept_service(service, arrival);
}

void Platform::take_rating(const json::value& record, Arrival& arrival, const Fault* fault) {
    const auto rating = check_rating(record, arrival.at, rules_.channels);
    if (!waits(rating, arrival, fault)) store_.accept_rating(rating, arrival);
}

bool Platform::waits(const Fields& record, Arrival& arrival, const Fault* fault) {
    if (fault == nullptr || fault->store_after == std::chrono::milliseconds{0}) return false;
    arrival.outcome = "late";
    store_.postpone(record, arrival, arrival.at + fault->store_after);
    return true;
}

json::object Platform::perform(const json::value& record, Arrival& arrival, const Fault* fault) {
    if (arrival.kind == "M1") {
        take_service(record, arrival, fault);
        return done();
    }
    if (arrival.kind == "M2") {
        take_rating(record, arrival, fault);
        return done();
    }
    auto body = arrival.kind == "M4" ? list_services(record, arrival.at) : indicators();
    store_.note(arrival);
    return body;
}

json::object Platform::list_services(const json::value& record, Instant now) {
    const auto format = list_format();
    const auto lag = std::max(format.lag, mood_.lag());
    json::array list;
    for (const auto& service : store_.services_of(check_query(record), now - lag))
        list.push_back(write_entry(service, format));
    if (list.empty() && rules_.refuse_no_match) throw Refusal{"No match found"};
    return {{"serviceList", json::array{crypto_.seal(json::serialize(list))}}};
}

ListFormat Platform::list_format() {
    const std::lock_guard lock{mutex_};
    return list_format_;
}

void Platform::write_lists(const ListFormat& format) {
    const std::lock_guard lock{mutex_};
    list_format_ = format;
}

std::optional<Fault> Platform::befall(const Occasion& occasion, Arrival& arrival) {
    auto moody = mood_.draw(occasion.message);
    if (!limit_.admits(clock_.elapsed())) {
        arrival.fault = "limit";
        auto over = plain_fault(FaultKind::http_429);
        over.retry_after_s = limit_.allowance().retry_after_s;
        return over;
    }
    auto fault = faults_.draw(occasion);
    if (!fault) fault = std::move(moody);
    if (fault) arrival.fault = name_of(fault->kind);
    return fault;
}

Settled Platform::settle() {
    return store_.settle(clock_.now());
}

Answer Platform::handle(const Request& request) {
    Arrival arrival;
    arrival.at = clock_.now();
    arrival.kind = kind_of(request.path);
    store_.settle(arrival.at);

    // Opened before any fault is drawn: a request that gets spoilt is under way for its dossier all the same.
    json::value record;
    Reply honest{arrival.kind, {}, {}};
    std::shared_ptr<void> in_flight;
    try {
        record = open(request, arrival);
        arrival.project_no = text_in(record, "projectNo");
        if (arrival.kind == "M1") arrival.name = text_in(record, "serviceName");
        if (!arrival.project_no.empty()) in_flight = stats_.enter(arrival.kind, arrival.project_no);
    } catch (const Refusal& refused) {
        honest.refusal = refused.what();
    }

    const auto fault = befall({arrival.kind, certificate_in(record, arrival.kind), request.number}, arrival);

    if (fault && !fault->processed) {
        arrival.outcome = "spoilt";
        store_.note(arrival);
    } else {
        try {
            if (!honest.refusal.empty()) throw Refusal{honest.refusal};
            arrival.outcome = "accepted";
            honest.body = perform(record, arrival, fault ? &*fault : nullptr);
        } catch (const Refusal& refused) {
            arrival.reason = honest.refusal = refused.what();
            arrival.outcome = "refused";
            store_.note(arrival);
        }
    }
    stats_.count(arrival.kind, arrival.outcome, arrival.fault, arrival.reason);

    Answer answer;
    if (fault) {
        answer = spoilt(*fault, std::move(honest), record);
    } else {
        answer.body = render(honest);
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
