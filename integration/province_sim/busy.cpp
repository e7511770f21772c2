#include "integration/province_sim/busy.hpp"

#include "integration/province_sim/wish.hpp"

namespace province_sim {

BusySubject parse_busy_subject(const boost::json::object& wish) {
    BusySubject subject;
    for (const auto& member : wish) {
        const std::string_view key = member.key();
        const auto& value = member.value();
        if (key == "certificate")
            subject.certificate = text(value, key);
        else if (key == "name")
            subject.name = text(value, key);
        else if (key == "kind")
            subject.kind = text(value, key);
        else if (key == "services")
            subject.services = integer(value, key, 1, 1'000'000);
        else
            throw std::invalid_argument{std::string{key} + ": not known"};
    }
    if (subject.certificate.empty()) throw std::invalid_argument{"certificate: missing"};
    if (subject.name.empty()) throw std::invalid_argument{"name: missing"};
    if (subject.services == 0) throw std::invalid_argument{"services: missing"};
    return subject;
}

Fields busy_service(const BusySubject& subject, std::int64_t number, Instant now) {
    const auto project_no = "37BUSY" + std::to_string(number);
    const auto a_day_before = format_time(now - std::chrono::days{1});
    return {{"projectNo", project_no},  {"proProjectNo", project_no},   {"proStatus", "3"},
            {"serviceName", "办结"},    {"serviceTime", a_day_before},  {"resultDate", a_day_before},
            {"userName", subject.name}, {"userPageType", subject.kind}, {"certkeyGOV", subject.certificate}};
}

}  // namespace province_sim
