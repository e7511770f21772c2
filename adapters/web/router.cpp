#include "adapters/web/router.hpp"

#include "adapters/web/form.hpp"

#include <optional>

namespace hcp::web {
namespace {

// The next segment of a path that begins with '/'; takes it off.
std::string_view take_segment(std::string_view& path) {
    path.remove_prefix(1);
    const auto end = std::min(path.find('/'), path.size());
    const auto segment = path.substr(0, end);
    path.remove_prefix(end);
    return segment;
}

std::optional<Parameters> fit(std::string_view pattern, std::string_view path) {
    Parameters parameters;
    while (pattern.starts_with('/') && path.starts_with('/')) {
        const auto wanted = take_segment(pattern);
        const auto given = take_segment(path);
        if (!wanted.starts_with('{')) {
            if (wanted != given) return std::nullopt;
            continue;
        }
        auto value = percent_decode(given);
        if (!value || value->empty() || value->find('/') != std::string::npos) return std::nullopt;
        parameters.emplace(wanted.substr(1, wanted.size() - 2), *std::move(value));
    }
    if (!pattern.empty() || !path.empty()) return std::nullopt;
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
        case Method::other:
            break;
    }
    return "";
}

void RouteTable::add(Method method, std::string pattern, Handler handler) {
    routes_.push_back({method, std::move(pattern), std::move(handler)});
}

RouteTable::Match RouteTable::match(Method method, std::string_view path) const {
    const auto sought = method == Method::head ? Method::get : method;
    Match match;
    for (const auto& route : routes_) {
        auto parameters = fit(route.pattern, path);
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
