#include "adapters/web/operations_site.hpp"

namespace hcp::web {
namespace {

Response plain(int status, std::string body, std::string type = "text/plain; charset=utf-8") {
    return {status,
            std::move(type),
            std::move(body),
            {{"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}}};
}

}  // namespace

OperationsSite::OperationsSite(const WebServices& services) : RoutedSite{services.on_request} {
    routes_.add(Method::get, "/healthz",
                [](const auto&, const auto&, const Reply& reply) { reply(plain(200, "ok\n")); });
    routes_.add(Method::get, "/readyz", [ready = services.ready](const auto&, const auto&, const Reply& reply) {
        reply(ready() ? plain(200, "ready\n") : plain(503, "not ready\n"));
    });
    routes_.add(Method::get, "/health", [health = services.health_json](const auto&, const auto&, const Reply& reply) {
        reply(plain(200, health(), "application/json"));
    });
    routes_.add(Method::get, "/metrics",
                [metrics = services.metrics_text](const auto&, const auto&, const Reply& reply) {
                    reply(plain(200, metrics(), "text/plain; version=0.0.4; charset=utf-8"));
                });
}

Response OperationsSite::failure(int status, const Request&) {
    return plain(status, std::to_string(status) + "\n");
}

}  // namespace hcp::web
