#include "adapters/web/addresses.hpp"

#include <catch2/catch.hpp>

using namespace hcp::web;

SCENARIO("X-Forwarded-For counts only as far as proxies of ours wrote it", "[web]") {
    const TrustedProxies proxies{{"10.0.0.0/8", "2001:db8::1", "nonsense", "1.2.3.4/99"}};
    CHECK(proxies.client("192.0.2.7", "198.51.100.1") == "192.0.2.7");
    CHECK(proxies.client("10.1.2.3", "198.51.100.1") == "198.51.100.1");
    CHECK(proxies.client("10.1.2.3", "6.6.6.6, 198.51.100.1 , 10.9.9.9") == "198.51.100.1");
    CHECK(proxies.client("2001:db8::1", "2001:db8::2") == "2001:db8::2");
    CHECK(proxies.client("10.1.2.3", "") == "10.1.2.3");
    CHECK(proxies.client("10.1.2.3", "not an address") == "10.1.2.3");
    CHECK(proxies.client("10.1.2.3", "10.4.4.4") == "10.4.4.4");
    CHECK(proxies.client("1.2.3.4", "198.51.100.1") == "1.2.3.4");
}

SCENARIO("a proxy that writes the port beside the address is understood", "[web]") {
    const TrustedProxies proxies{{"10.0.0.0/8"}};
    CHECK(proxies.client("10.1.2.3", "198.51.100.7:40112") == "198.51.100.7");
    CHECK(proxies.client("10.1.2.3", "[2001:db8::7]:40112") == "2001:db8::7");
    CHECK(proxies.client("10.1.2.3", "[2001:db8::7]") == "2001:db8::7");
    CHECK(proxies.client("10.1.2.3", "198.51.100.7:1, 10.9.9.9:40112") == "198.51.100.7");
    for (const auto* text : {"198.51.100.7:", "198.51.100.7:70000", "host.example:80", "u@198.51.100.7:1", "[::1", "_"})
        CHECK(proxies.client("10.1.2.3", text) == "10.1.2.3");
}

SCENARIO("nobody is trusted unless named", "[web]") {
    CHECK_FALSE(TrustedProxies{}.trusts("127.0.0.1"));
    CHECK(TrustedProxies{{"127.0.0.1"}}.trusts("127.0.0.1"));
    CHECK(TrustedProxies{{"127.0.0.1"}}.trusts("::ffff:127.0.0.1"));
    CHECK_FALSE(TrustedProxies{{"127.0.0.1"}}.trusts("127.0.0.2"));
    CHECK_FALSE(TrustedProxies{{"::/0"}}.trusts("not an address"));
}

SCENARIO("an IPv6 customer is one, however many addresses the network has", "[web]") {
    CHECK(address_group("2001:db8:1:2:3::4") == address_group("2001:db8:1:2:9::9"));
    CHECK(address_group("2001:db8:1:2:3::4") != address_group("2001:db8:1:3::4"));
    CHECK(address_group("192.0.2.1") != address_group("192.0.2.2"));
    CHECK(address_group("192.0.2.1") == address_group("::ffff:192.0.2.1"));
}
