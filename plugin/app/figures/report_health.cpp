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

constexpr std::int64_t rounded_up(std::int64_t n, std::int64_t to) {
    return (n + to - 1) / to * to;
}

}  // namespace

ports::JournalStats rounded_for_reports(ports::JournalStats stats) {
    stats.events = rounded_up(stats.events, 100);
    stats.bytes = rounded_for_reports(stats.bytes);
    stats.set_aside = std::min<std::int64_t>(stats.set_aside, 1);
    return stats;
}

std::int64_t rounded_for_reports(std::int64_t bytes) {
    return rounded_up(bytes, 1 << 20);
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
    json::object alarms;
    for (const auto& [name, text] : health.alarms) alarms[name] = text;
    out["alarms"] = std::move(alarms);
    return json::serialize(out);
}

}  // namespace hcp::app
