#include "adapters/web/protection.hpp"

#include <catch2/catch.hpp>

using namespace hcp;
using namespace hcp::web;

SCENARIO("every answer to people carries the protections", "[web]") {
    Response plain, secure, cached;
    cached.headers.emplace_back("Cache-Control", "public");
    protect(plain, false);
    protect(secure, true);
    protect(cached, false);
    CHECK(*plain.header("Content-Security-Policy") ==
          "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
          "form-action 'self'; "
          "frame-ancestors 'self'; base-uri 'none'");
    CHECK(*plain.header("Referrer-Policy") == "no-referrer");
    CHECK(*plain.header("X-Content-Type-Options") == "nosniff");
    CHECK(*plain.header("Cache-Control") == "no-store");
    CHECK(plain.header("Strict-Transport-Security") == nullptr);
    CHECK(secure.header("Strict-Transport-Security") != nullptr);
    CHECK(*cached.header("Cache-Control") == "public");
}

SCENARIO("a change must come from our own page", "[web]") {
    const OwnHosts base{{"https", "pj.example.cn", 443, "", "https://pj.example.cn"}, {"internal"}};
    const auto with = [](std::string site, std::string origin, std::string host = "pj.example.cn") {
        Request request;
        request.fetch_site = std::move(site);
        request.origin = std::move(origin);
        request.host = std::move(host);
        return request;
    };
    CHECK(from_our_own_page(with("same-origin", "null"), base));
    CHECK(from_our_own_page(with("none", ""), base));
    CHECK_FALSE(from_our_own_page(with("cross-site", "https://pj.example.cn"), base));
    CHECK_FALSE(from_our_own_page(with("same-site", ""), base));
    CHECK(from_our_own_page(with("", "https://pj.example.cn"), base));
    CHECK(from_our_own_page(with("", "https://pj.example.cn:443", "internal"), base));
    CHECK(from_our_own_page(with("", ""), base));
    CHECK(from_our_own_page(with("", "null"), base));
    CHECK_FALSE(from_our_own_page(with("", "https://evil.example"), base));
    CHECK_FALSE(from_our_own_page(with("", "http://pj.example.cn"), base));
    CHECK_FALSE(from_our_own_page(with("", "https://pj.example.cn.evil.example"), base));
    CHECK_FALSE(from_our_own_page(with("", "https://evil.example", "evil.example"), base));
    CHECK(from_our_own_page(with("", "https://internal:8443", "internal:8443"), base));
    CHECK_FALSE(from_our_own_page(with("", "https://internal:8443", "pj.example.cn"), base));
}
