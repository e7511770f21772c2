#include "plugin/app/figures/report_health.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <string_view>

namespace hcp::app {

namespace json = boost::json;

namespace {

json::value age_seconds(domain::Instant now, domain::Instant since) {
    // What came while the clock stood ahead is not older than nothing (E24).
    return std::max(std::chrono::floor<std::chrono::seconds>(now - since), std::chrono::seconds{0}).count();
}

std::string_view words_of(Seen seen) {
    switch (seen) {
        case Seen::not_yet:
            return "尚未知";
        case Seen::there:
            return "正常";
        case Seen::away:
            break;
    }
    return "不可用";
}

json::value json_of(const std::optional<domain::Instant>& t) {
    return t ? json::value(domain::to_us(*t)) : nullptr;
}

}  // namespace

json::object json_of(const ports::InstanceSummary& one, domain::Instant now) {
    json::object out{{"number", one.instance_no},
                     {"state", text_of(one.standing(now))},
                     {"leased_until_us", domain::to_us(one.leased_until)},
                     {"deliveries", one.claimed},
                     {"deliveries_until_us", json_of(one.claimed_until)}};
    if (const auto& said = one.state) {
        out["name"] = said->name;
        out["version"] = said->version;
        out["since_us"] = domain::to_us(said->since);
        out["told_at_us"] = domain::to_us(said->told_at);
        out["stopped_at_us"] = json_of(said->stopped_at);
        out["journal_events"] = said->journal_events;
    }
    return out;
}

std::string to_json(const Health& health) {
    json::object out{{"instance", health.instance},
                     {"version", health.version},
                     {"state", health.state},
                     {"now_us", domain::to_us(health.now)}};
    out["journal"] = nullptr;
    if (const auto& journal = health.journal) {
        out["journal"] = {
            {"events", journal->events},
            {"bytes", journal->bytes},
            {"set_aside", journal->set_aside},
            {"oldest_s", journal->events > 0 ? age_seconds(health.now, journal->oldest_accepted_at) : nullptr}};
    }
    out["database"] = words_of(health.database);
    if (health.queues) {
        const auto& queues = *health.queues;
        out["evaluations"] = {{"open", queues.open_evaluations},
                              {"unattributed_cases", queues.unattributed_cases},
                              {"unclassified_cases", queues.unclassified_cases},
                              {"wrong_certificate_numbers", queues.wrong_numbers},
                              {"unknown_certificate_kinds", queues.unknown_kinds},
                              {"unknown_lines", queues.unknown_lines},
                              {"bad_ratings_without_ticket", queues.bad_ratings_without_ticket}};
        out["deliveries"] = {
            {"queued", queues.queued},
            {"claimed", queues.claimed},
            {"delivered", queues.delivered},
            {"held", queues.held},
            {"parked", queues.parked},
            {"doubled", queues.doubled},
            {"differences", queues.differences},
            {"oldest_queued_s", queues.oldest_queued_at ? age_seconds(health.now, *queues.oldest_queued_at) : nullptr}};
    }
    if (health.bridge) {
        const auto& bridge = *health.bridge;
        out["bridge"] = {{"delivered", bridge.delivered},       {"failed", bridge.failed},
                         {"refused", bridge.refused},           {"in_flight", bridge.in_flight},
                         {"breaker_open", bridge.breaker_open}, {"breaker_reason", bridge.breaker_reason}};
    } else {
        out["bridge"] = "关闭";
    }
    out["instance_no"] = health.number ? json::value(health.number->value()) : nullptr;
    json::array instances;
    for (const auto& one : health.instances) instances.push_back(json_of(one, health.now));
    out["instances"] = std::move(instances);
    json::object alarms;
    for (const auto& [name, text] : health.alarms) alarms[name] = text;
    out["alarms"] = std::move(alarms);
    return json::serialize(out);
}

}  // namespace hcp::app
