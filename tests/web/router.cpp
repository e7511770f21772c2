#include "adapters/web/router.hpp"

#include <catch2/catch.hpp>

using namespace hcp::web;

namespace {
RouteTable table() {
    RouteTable routes;
    const Handler nothing = [](auto, auto, auto) {};
    routes.add(Method::get, "/", nothing);
    routes.add(Method::get, "/e/{token}", nothing);
    routes.add(Method::post, "/e/{token}", nothing);
    routes.add(Method::get, "/e/{token}/receipt", nothing);
    routes.add(Method::put, "/api/{token}/draft", nothing);
    return routes;
}
}  // namespace

SCENARIO("a path finds its route and names its parts", "[web]") {
    const auto routes = table();
    const auto match = routes.match(Method::get, "/e/a%20b/receipt");
    REQUIRE(match.route != nullptr);
    CHECK(match.route->pattern == "/e/{token}/receipt");
    CHECK(match.parameters.at("token") == "a b");
    CHECK(routes.match(Method::get, "/").route->pattern == "/");
    CHECK(routes.match(Method::head, "/e/x").route->method == Method::get);
    CHECK(routes.match(Method::post, "/e/x").route->method == Method::post);
}

SCENARIO("what no route has is not found, and what has other methods says which", "[web]") {
    const auto routes = table();
    for (const auto* path : {"", "*", "e", "/e", "/e/", "/e//receipt", "/e/x/", "/e/x/other", "/E/x", "/e/%00",
                             "/e/%zz", "/e/a%2Fb", "/e/..%2f..%2fetc", "//e/x", "/../etc/passwd", "http://other/e/x"}) {
        INFO(path);
        const auto match = routes.match(Method::get, path);
        CHECK(match.route == nullptr);
        CHECK(match.allowed.empty());
    }
    const auto put = routes.match(Method::put, "/e/x");
    CHECK(put.route == nullptr);
    CHECK(put.allowed == "GET, HEAD, POST");
    CHECK(routes.match(Method::other, "/api/x/draft").allowed == "PUT");
}

SCENARIO("a dot or an escaped letter in a path is taken as it stands", "[web]") {
    const auto routes = table();
    for (const auto* path : {"/./e/x", "/e/./x", "/e/x/.", "./e/x", "/%65/x", "/e/x/%72eceipt"}) {
        INFO(path);
        CHECK(routes.match(Method::get, path).route == nullptr);
    }
    CHECK(routes.match(Method::get, "/e/.").parameters.at("token") == ".");
}
