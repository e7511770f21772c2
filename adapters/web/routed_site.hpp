#pragma once
#include "adapters/web/router.hpp"

#include <functional>

namespace hcp::web {

[[nodiscard]] inline std::string_view without(std::string_view prefix, std::string_view path) noexcept {
    if (path.starts_with(prefix) && path.substr(prefix.size()).starts_with('/')) path.remove_prefix(prefix.size());
    return path;
}

// A site that is a table of routes.
class RoutedSite : public Site {
public:
    // `prefix`: what a proxy may have left before the paths of the routes, or taken off.
    explicit RoutedSite(std::function<void(std::string_view, int)> on_request, std::string prefix = {})
        : on_request_{std::move(on_request)}, prefix_{std::move(prefix)} {}

    void handle(std::shared_ptr<const Request> request, Reply reply) override {
        auto match = match_of(*request);
        if (match.route == nullptr) {
            auto refusal = failure(match.allowed.empty() ? 404 : 405, *request);
            if (!match.allowed.empty()) refusal.headers.emplace_back("Allow", std::move(match.allowed));
            return reply(std::move(refusal));
        }
        const std::string_view pattern = match.route->pattern;
        match.route->handler(std::move(request), std::move(match.parameters),
                             [pattern, reply = std::move(reply)](Response response) {
                                 response.route = pattern;
                                 reply(std::move(response));
                             });
    }
    void answered(const Response& response) noexcept override {
        if (on_request_) on_request_(response.route, response.status);
    }
    [[nodiscard]] const RouteTable& routes() const noexcept { return routes_; }

protected:
    [[nodiscard]] RouteTable::Match match_of(const Request& request) const {
        return routes_.match(request.method, without(prefix_, request.path));
    }
    RouteTable routes_;

private:
    std::function<void(std::string_view, int)> on_request_;
    std::string prefix_;
};

}  // namespace hcp::web
