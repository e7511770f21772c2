#include "adapters/web/operations_site.hpp"
#include "tests/web/web_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

web::Response ask(web::OperationsSite& site, std::string path) {
    auto request = std::make_shared<web::Request>();
    request->method = web::Method::get;
    request->path = std::move(path);
    web::Response answer;
    site.handle(request, [&](web::Response response) { answer = std::move(response); });
    return answer;
}

}  // namespace

SCENARIO("operators get liveness, readiness, health and metrics, and no page", "[web]") {
    WebDesk desk;
    auto services = desk.services();
    bool ready = true;
    services.ready = [&] { return ready; };
    services.health_json = [] { return std::string{R"({"state":"running"})"}; };
    web::OperationsSite site{services};
    CHECK(ask(site, "/healthz").status == 200);
    CHECK(ask(site, "/readyz").status == 200);
    ready = false;
    CHECK(ask(site, "/readyz").status == 503);
    CHECK(ask(site, "/health").body == R"({"state":"running"})");
    CHECK(ask(site, "/metrics").body == "metrics\n");
    CHECK(ask(site, "/my").status == 404);
}
