#include "adapters/web/own_hosts.hpp"

#include "adapters/web/media_type.hpp"

#include <catch2/catch.hpp>

using namespace hcp;
using namespace hcp::web;

SCENARIO("a host is ours under the public name and those that the operator allows", "[web]") {
    const OwnHosts own{{"https", "Pj.Example.cn", 443, "", "https://Pj.Example.cn"}, {"internal", "2001:db8::7"}};
    for (const auto* host : {"pj.example.cn", "PJ.EXAMPLE.CN:443", "pj.example.cn.", "pj.example.cn:8443", "internal:9",
                             "[2001:db8::7]:8443"})
        CHECK(own.has(host));
    for (const auto* host : {"", "evil.example", "pj.example.cn.evil.example", "xpj.example.cn", "127.0.0.1",
                             "localhost", "u@pj.example.cn", "pj.example.cn/", "pj.example.cn:x"})
        CHECK_FALSE(own.has(host));
}

SCENARIO("what is for this machine alone has every name that the machine has for itself", "[web]") {
    const OwnHosts own{{"http", "localhost", 0, "", "http://localhost"}, {}};
    for (const auto* host : {"localhost:1", "127.0.0.1:1", "127.0.0.2", "[::1]:1"}) CHECK(own.has(host));
    CHECK_FALSE(own.has("127.example.com"));
    CHECK(own.is_origin("http://127.0.0.1:1", "127.0.0.1:1"));
    CHECK_FALSE(own.is_origin("http://127.0.0.1:1", "127.0.0.1:2"));
}

SCENARIO("an origin is ours with the public name and port, or with the allowed name that was asked", "[web]") {
    const OwnHosts own{{"https", "pj.example.cn", 8443, "", "https://pj.example.cn:8443"}, {"internal"}};
    CHECK(own.is_origin("https://pj.example.cn:8443", "anything"));
    CHECK(own.is_origin("https://internal", "internal"));
    CHECK_FALSE(own.is_origin("https://pj.example.cn", "internal"));
    CHECK_FALSE(own.is_origin("https://evil.example", "evil.example"));
    CHECK_FALSE(own.is_origin("http://pj.example.cn:8443", "pj.example.cn:8443"));
    CHECK_FALSE(own.is_origin("https://u@pj.example.cn:8443", "pj.example.cn:8443"));
}

SCENARIO("a media type is the same in any capitals and with any parameter, and no other", "[web]") {
    for (const auto* type : {"application/json", "Application/JSON", "application/json;charset=utf-8",
                             " application/json ; charset=utf-8"})
        CHECK(is_media_type(type, "application/json"));
    for (const auto* type :
         {"", "application/jsonx", "application/json-patch+json", "text/plain;application/json", "application/ json"})
        CHECK_FALSE(is_media_type(type, "application/json"));
}
