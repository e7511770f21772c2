#include "adapters/province/listed_services.hpp"

#include "adapters/province/reply_text.hpp"
#include "adapters/province/wire_text.hpp"
#include "plugin/domain/text.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <tuple>

namespace hcp::province {
namespace {

namespace json = boost::json;
using ports::KnownService;

std::optional<std::string> text_of(const json::value& value) {
    if (const auto* d = value.if_double())
        if (std::abs(*d) < 1e15 && std::trunc(*d) == *d) return std::to_string(static_cast<std::int64_t>(*d));
    if (value.is_null()) return std::string{};
    return scalar_text(value);
}

// Null where the province tells none, or what it tells is no scalar.
std::optional<std::string> member(const json::object& o, std::string_view name) {
    const auto* value = name.empty() ? nullptr : o.if_contains(name);
    return value ? text_of(*value) : std::nullopt;
}

std::optional<std::int32_t> number_in(std::string_view text) {
    if (const auto point = text.find('.'); point != text.npos) {  // “1.0”
        if (text.find_first_not_of('0', point + 1) != text.npos) return std::nullopt;
        text = text.substr(0, point);
    }
    return domain::whole_number<std::int32_t>(text);
}

// yyyy-MM-dd HH:mm:ss of Shanghai; without seconds where none are told; empty where it is no time.
std::string time_in(std::string_view text) {
    if (domain::all_digits(text) && (text.size() == 10 || text.size() == 13)) {
        const auto n = domain::whole_number<std::int64_t>(text).value_or(0);
        const std::chrono::milliseconds since{text.size() == 10 ? n * 1000 : n};
        return wire_time(domain::Instant{since});
    }
    if (domain::all_digits(text) && text.size() == 14)
        return std::string{text.substr(0, 4)} + "-" + std::string{text.substr(4, 2)} + "-" +
               std::string{text.substr(6, 2)} + " " + std::string{text.substr(8, 2)} + ":" +
               std::string{text.substr(10, 2)} + ":" + std::string{text.substr(12, 2)};
    constexpr std::string_view form = "dddd-dd-dd dd:dd:dd";
    constexpr std::size_t to_the_minute = 16;
    std::string out;
    for (std::size_t i = 0; i < std::min(text.size(), form.size()); ++i) {
        const char c = text[i];
        const bool digit = c >= '0' && c <= '9';
        const bool fits = form[i] == 'd'   ? digit
                          : form[i] == '-' ? c == '-' || c == '/'
                          : form[i] == ' ' ? c == ' ' || c == 'T'
                                           : c == ':';
        if (!fits) break;
        out += form[i] == 'd' ? c : form[i];
    }
    if (out.size() < to_the_minute) return {};
    out.resize(out.size() == form.size() ? form.size() : to_the_minute);
    // A time of Greenwich, if it says so.
    const auto rest = text.substr(std::min(text.size(), out.size()));
    if (!rest.ends_with("Z") && !rest.ends_with("+00:00")) return out;
    if (out.size() == to_the_minute) return {};
    const auto part = [&](std::size_t at, std::size_t n) {
        return domain::whole_number<int>(std::string_view{out}.substr(at, n)).value_or(0);
    };
    const std::chrono::year_month_day day{std::chrono::year{part(0, 4)},
                                          std::chrono::month{static_cast<unsigned>(part(5, 2))},
                                          std::chrono::day{static_cast<unsigned>(part(8, 2))}};
    if (!day.ok()) return {};
    return wire_time(domain::Instant{std::chrono::sys_days{day}} + std::chrono::hours{part(11, 2)} +
                     std::chrono::minutes{part(14, 2)} + std::chrono::seconds{part(17, 2)});
}

std::optional<domain::Level> level_in(const std::string& code, const ports::ProvinceProfile& profile) {
    const auto found = std::find_if(profile.levels.begin(), profile.levels.end(),
                                    [&](const auto& level) { return level.second == code; });
    return found == profile.levels.end() ? std::nullopt : std::optional{found->first};
}

}  // namespace

std::optional<std::vector<KnownService>> read_services(std::string_view list, const ports::ProvinceProfile& profile) {
    boost::system::error_code fault;
    const auto whole = json::parse(to_utf8(list), fault);
    const auto* items = fault ? nullptr : whole.if_array();
    if (!items) return std::nullopt;
    const auto& names = profile.listed;
    std::vector<KnownService> services;
    services.reserve(items->size());
    for (const auto& item : *items) {
        const auto* o = item.if_object();
        if (!o) return std::nullopt;
        KnownService one;
        one.project_no = member(*o, names.project_no).value_or("");
        const auto number = number_in(member(*o, names.service_number).value_or(""));
        if (one.project_no.empty() || !number || *number < names.first_number) return std::nullopt;
        if (!one.project_no.starts_with(profile.project_no_prefix))
            one.project_no = profile.project_no_prefix + one.project_no;
        one.number = *number - names.first_number + 1;
        one.service_name = member(*o, names.service_name).value_or("");
        one.service_time = time_in(member(*o, names.service_time).value_or(""));
        one.level = level_in(member(*o, names.level).value_or(""), profile);
        const auto commented = member(*o, names.commented).value_or("");
        one.rated = one.level || commented == "1" || commented == "true";
        services.push_back(std::move(one));
    }
    const auto place = [](const KnownService& one) { return std::tie(one.project_no, one.number); };
    std::sort(services.begin(), services.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
    const auto twice = std::adjacent_find(services.begin(), services.end(),
                                          [&](const auto& a, const auto& b) { return place(a) == place(b); });
    if (twice != services.end()) return std::nullopt;
    return services;
}

}  // namespace hcp::province
