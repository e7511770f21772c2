#include "integration/province_sim/list_format.hpp"

#include "integration/province_sim/wish.hpp"

namespace province_sim {
namespace {

namespace json = boost::json;

constexpr Named<ListFormat::Time> times[] = {
    {"second", ListFormat::Time::second},   {"fraction", ListFormat::Time::fraction},
    {"T", ListFormat::Time::with_t},        {"minute", ListFormat::Time::minute},
    {"epoch_s", ListFormat::Time::epoch_s}, {"epoch_ms", ListFormat::Time::epoch_ms},
    {"absent", ListFormat::Time::absent},
};
constexpr Named<ListFormat::Name> names[] = {
    {"exact", ListFormat::Name::exact},
    {"padded", ListFormat::Name::padded},
    {"absent", ListFormat::Name::absent},
};
constexpr Named<ListFormat::ProjectNo> project_nos[] = {
    {"exact", ListFormat::ProjectNo::exact},
    {"bare", ListFormat::ProjectNo::bare},
};
constexpr Named<ListFormat::Number> numbers[] = {
    {"text", ListFormat::Number::text},
    {"int", ListFormat::Number::integer},
    {"real", ListFormat::Number::real},
    {"from_zero", ListFormat::Number::from_zero},
};

std::int64_t milliseconds(const std::string& text) {
    const auto since = parse_time(text).value().time_since_epoch();
    return std::chrono::floor<std::chrono::milliseconds>(since).count();
}

// `text` is yyyy-MM-dd HH:mm:ss. Of a service without rating it is empty, and stays so.
json::value written(const std::string& text, ListFormat::Time format) {
    constexpr std::size_t date = 10;
    constexpr std::size_t until_minutes = 16;
    if (text.empty()) return "";
    switch (format) {
        case ListFormat::Time::fraction:
            return json::string{text + ".0"};
        case ListFormat::Time::with_t:
            return json::string{text.substr(0, date) + "T" + text.substr(date + 1)};
        case ListFormat::Time::minute:
            return json::string{text.substr(0, until_minutes)};
        case ListFormat::Time::epoch_s:
            return milliseconds(text) / 1'000;
        case ListFormat::Time::epoch_ms:
            return milliseconds(text);
        case ListFormat::Time::second:
        case ListFormat::Time::absent:
            break;
    }
    return json::string{text};
}

json::value written(int number, ListFormat::Number format) {
    switch (format) {
        case ListFormat::Number::integer:
            return number;
        case ListFormat::Number::real:
            return static_cast<double>(number);
        case ListFormat::Number::from_zero:
            return number - 1;
        case ListFormat::Number::text:
            break;
    }
    return json::string{std::to_string(number)};
}

}  // namespace

ListFormat parse_list_format(const json::object& wish, ListFormat format) {
    for (const auto& member : wish) {
        const std::string_view key = member.key();
        const auto& value = member.value();
        if (key == "lag_ms")
            format.lag = std::chrono::milliseconds{integer(value, key, 0, 31'536'000'000)};
        else if (key == "time")
            format.time = one_of(value, key, times);
        else if (key == "name")
            format.name = one_of(value, key, names);
        else if (key == "project_no")
            format.project_no = one_of(value, key, project_nos);
        else if (key == "number")
            format.number = one_of(value, key, numbers);
        else if (key == "level")
            format.level = truth(value, key);
        else
            throw std::invalid_argument{std::string{key} + ": not known"};
    }
    return format;
}

json::object describe(const ListFormat& format) {
    return {{"lag_ms", format.lag.count()},
            {"time", name_in(times, format.time)},
            {"name", name_in(names, format.name)},
            {"project_no", name_in(project_nos, format.project_no)},
            {"number", name_in(numbers, format.number)},
            {"level", format.level}};
}

json::object write_entry(const KnownService& service, const ListFormat& format) {
    constexpr std::size_t province_digits = 2;
    const bool bare = format.project_no == ListFormat::ProjectNo::bare;
    json::object entry{{"projectNo", bare ? service.project_no.substr(province_digits) : service.project_no},
                       {"serviceNumber", written(service.number, format.number)}};
    if (format.name == ListFormat::Name::exact) entry["serviceName"] = service.service_name;
    if (format.name == ListFormat::Name::padded) entry["serviceName"] = " \u3000" + service.service_name + "\u3000 ";
    if (format.time != ListFormat::Time::absent) entry["serviceTime"] = written(service.service_time, format.time);
    entry["proStatus"] = service.pro_status;
    entry["commented"] = service.commented ? "1" : "0";
    if (format.level) entry["satisfaction"] = service.satisfaction;
    if (format.time != ListFormat::Time::absent) entry["assessTime"] = written(service.assess_time, format.time);
    return entry;
}

}  // namespace province_sim
