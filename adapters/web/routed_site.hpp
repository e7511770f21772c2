#pragma once
#include "adapters/web/router.hpp"

#include <functional>

namespace hcp::web {

// A site that is a table of routes.
class RoutedSite : public Site {
public:
    explicit RoutedSite(std::function<void(std::string_view, int)> on_request) : on_request_{std::move(on_request)} {}

    void handle(std::shared_ptr<const Request> request, Reply reply) override {
        auto match = routes_.match(request->method, request->path);
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
    RouteTable routes_;

private:
    std::function<void(std::string_view, int)> on_request_;
};

}  // namespace hcp::web
