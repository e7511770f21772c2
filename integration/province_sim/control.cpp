#include "integration/province_sim/control.hpp"

#include "integration/province_sim/wish.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <stdexcept>

namespace province_sim {
namespace {

namespace json = boost::json;

struct NoSuchThing : std::runtime_error {
    NoSuchThing() : std::runtime_error{"no such path or method"} {}
};

json::object wish_in(const Request& request) {
    boost::system::error_code error;
    auto value = json::parse(request.body, error);
    if (error || !value.is_object()) throw std::invalid_argument{"a JSON object is wanted"};
    return std::move(value.get_object());
}

// Null when it is missing, which no reader of members takes.
json::value member(const json::object& wish, std::string_view key) {
    const auto* const value = wish.if_contains(key);
    return value != nullptr ? *value : json::value{};
}

json::object ok() {
    return {{"ok", true}};
}

}  // namespace

json::object Control::faults() {
    json::array list;
    for (const auto& fault : faults_.active()) list.push_back(describe(fault));
    return {{"faults", std::move(list)}};
}

json::object Control::perform(const Request& request) {
    const auto wanted = request.method + " " + request.path;
    if (wanted == "GET /health") return {{"status", "ok"}, {"now", format_time(clock_.now())}};
    if (wanted == "GET /stats") return stats_.report();
    if (wanted == "DELETE /stats") {
        stats_.clear();
        return ok();
    }
    if (wanted == "GET /fault") return faults();
    if (wanted == "DELETE /fault") {
        faults_.clear();
        return faults();
    }
    if (wanted == "POST /fault") {
        auto fault = parse_fault(wish_in(request));
        const bool down = fault.kind == FaultKind::down;
        faults_.add(std::move(fault));
        if (down) hooks_.close_idle();
        return faults();
    }
    if (wanted == "POST /clock") {
        const auto wish = wish_in(request);
        const auto* const offset = wish.if_contains("offset_ms");
        if (wish.size() != 1 || offset == nullptr || !offset->is_int64())
            throw std::invalid_argument{"offset_ms: an integer is wanted"};
        if (!clock_.set_offset(std::chrono::milliseconds{offset->get_int64()}))
            throw std::invalid_argument{"a clock file or a test owns the time"};
        return ok();
    }
    if (wanted == "POST /tls") {
        const auto wish = wish_in(request);
        hooks_.use_certificate(text(member(wish, "cert"), "cert"), text(member(wish, "key"), "key"));
        return ok();
    }
    throw NoSuchThing{};
}

Answer Control::handle(const Request& request) {
    Answer answer;
    json::object reply;
    try {
        reply = perform(request);
    } catch (const NoSuchThing& none) {
        answer.status = 404;
        reply["error"] = none.what();
    } catch (const std::exception& fault) {
        answer.status = 400;
        reply["error"] = fault.what();
    }
    answer.body = json::serialize(reply);
    return answer;
}

}  // namespace province_sim
