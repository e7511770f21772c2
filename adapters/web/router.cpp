#include "adapters/web/router.hpp"

#include "adapters/web/form.hpp"
#include "plugin/domain/text.hpp"

#include <optional>

namespace hcp::web {
namespace {

// The empty ones count. Boost.URL's segments would hide a leading "/." and take "/./e" for "/e".
std::vector<std::string> segments_of(std::string_view path) {
    return domain::split(path.substr(1), '/');
}

std::optional<Parameters> fit(const std::vector<std::string>& wanted, const std::vector<std::string>& given) {
    if (wanted.size() != given.size()) return std::nullopt;
    Parameters parameters;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto& segment = wanted[i];
        if (!segment.starts_with('{')) {
            if (segment != given[i]) return std::nullopt;
            continue;
        }
        auto value = percent_decode(given[i]);
        if (!value || value->empty() || value->find('/') != std::string::npos) return std::nullopt;
        parameters.emplace(segment.substr(1, segment.size() - 2), *std::move(value));
    }
    return parameters;
}

}  // namespace

std::string_view text_of(Method method) noexcept {
    switch (method) {
        case Method::get:
            return "GET";
        case Method::head:
            return "HEAD";
        case Method::post:
            return "POST";
        case Method::put:
            return "PUT";
        case Method::remove:
            return "DELETE";
        case Method::other:
            break;
    }
    return "";
}

void RouteTable::add(Method method, std::string pattern, Handler handler) {
    auto segments = segments_of(pattern);
    routes_.push_back({method, std::move(pattern), std::move(segments), std::move(handler)});
}

RouteTable::Match RouteTable::match(Method method, std::string_view path) const {
    const auto sought = method == Method::head ? Method::get : method;
    Match match;
    if (!path.starts_with('/')) return match;
    const auto given = segments_of(path);
    for (const auto& route : routes_) {
        auto parameters = fit(route.segments, given);
        if (!parameters) continue;
        if (route.method == sought) {
            match.route = &route;
            match.parameters = *std::move(parameters);
            return match;
        }
        if (!match.allowed.empty()) match.allowed += ", ";
        match.allowed += route.method == Method::get ? "GET, HEAD" : text_of(route.method);
    }
    return match;
}

}  // namespace hcp::web
