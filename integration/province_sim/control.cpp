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

struct Control::Door {
    std::string_view method, path;
    Wish (Control::*open)(const Wish&);
};

const Control::Door Control::doors[] = {
    {"GET", "/health", &Control::health},
    {"GET", "/stats", &Control::stats},
    {"DELETE", "/stats", &Control::clear_stats},
    {"GET", "/fault", &Control::faults},
    {"POST", "/fault", &Control::add_fault},
    {"DELETE", "/fault", &Control::clear_faults},
    {"POST", "/clock", &Control::move_clock},
    {"POST", "/tls", &Control::swap_certificate},
    {"POST", "/dedupe", &Control::deduplicate},
    {"POST", "/busy", &Control::fill},
    {"GET", "/list", &Control::list_format},
    {"POST", "/list", &Control::change_lists},
    {"DELETE", "/list", &Control::reset_lists},
    {"GET", "/limit", &Control::limit},
    {"POST", "/limit", &Control::change_limit},
    {"DELETE", "/limit", &Control::reset_limit},
    {"GET", "/mood", &Control::mood},
    {"POST", "/mood", &Control::begin_mood},
    {"DELETE", "/mood", &Control::end_mood},
};

json::object Control::health(const Wish&) {
    return {{"status", "ok"}, {"now", format_time(clock_.now())}};
}

json::object Control::stats(const Wish&) {
    return stats_.report();
}

json::object Control::clear_stats(const Wish&) {
    stats_.clear();
    return ok();
}

json::object Control::faults(const Wish&) {
    json::array list;
    for (const auto& fault : faults_.active()) list.push_back(describe(fault));
    return {{"faults", std::move(list)}};
}

json::object Control::add_fault(const Wish& wish) {
    auto fault = parse_fault(wish);
    const bool down = fault.kind == FaultKind::down;
    faults_.add(std::move(fault));
    if (down) hooks_.close_idle();
    return faults(wish);
}

json::object Control::clear_faults(const Wish& wish) {
    faults_.clear();
    return faults(wish);
}

json::object Control::move_clock(const Wish& wish) {
    const auto* const offset = wish.if_contains("offset_ms");
    if (wish.size() != 1 || offset == nullptr || !offset->is_int64())
        throw std::invalid_argument{"offset_ms: an integer is wanted"};
    if (!clock_.set_offset(std::chrono::milliseconds{offset->get_int64()}))
        throw std::invalid_argument{"a clock file or a test owns the time"};
    return ok();
}

json::object Control::swap_certificate(const Wish& wish) {
    hooks_.use_certificate(text(member(wish, "cert"), "cert"), text(member(wish, "key"), "key"));
    return ok();
}

json::object Control::deduplicate(const Wish& wish) {
    store_.refuse_repeated(one_of(member(wish, "by"), "by", dedupe_names));
    return ok();
}

json::object Control::fill(const Wish& wish) {
    store_.fill(parse_busy_subject(wish), clock_.now());
    return ok();
}

json::object Control::list_format(const Wish&) {
    return describe(platform_.list_format());
}

json::object Control::change_lists(const Wish& wish) {
    platform_.write_lists(parse_list_format(wish, platform_.list_format()));
    return list_format(wish);
}

json::object Control::reset_lists(const Wish& wish) {
    platform_.write_lists({});
    return list_format(wish);
}

json::object Control::limit(const Wish&) {
    return describe(platform_.limit().allowance());
}

json::object Control::change_limit(const Wish& wish) {
    platform_.limit().allow(parse_allowance(wish, platform_.limit().allowance()));
    return limit(wish);
}

json::object Control::reset_limit(const Wish& wish) {
    platform_.limit().allow({});
    return limit(wish);
}

json::object Control::mood(const Wish&) {
    const auto temper = mood_.temper();
    json::object told{{"mood", nullptr}};
    if (temper) told["mood"] = describe(*temper);
    return told;
}

json::object Control::begin_mood(const Wish& wish) {
    mood_.begin(parse_temper(wish));
    return mood(wish);
}

json::object Control::end_mood(const Wish& wish) {
    mood_.end();
    return mood(wish);
}

json::object Control::perform(const Request& request) {
    const auto settled = platform_.settle();
    if (request.method == "POST" && request.path == "/settle")
        return {{"stored", settled.stored}, {"refused", settled.refused}, {"pending", store_.waiting()}};
    for (const auto& door : doors)
        if (door.method == request.method && door.path == request.path)
            return (this->*door.open)(request.method == "POST" ? wish_in(request) : Wish{});
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
