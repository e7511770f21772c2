#include "adapters/web/response_text.hpp"

#include "tests/support/manual_clock.hpp"

#include <catch2/catch.hpp>

using namespace hcp;
using namespace hcp::test;
using web::response_text;
using namespace std::chrono_literals;

namespace {

const auto sent_at = at(2026, 9, 24, 15h);  // 07:00 in Greenwich
const std::string date = "Date: Thu, 24 Sep 2026 07:00:00 GMT\r\n";
const web::Response found{200, "text/plain", "好\n", {{"Cache-Control", "no-store"}, {"Vary", "Accept-Encoding"}}};

}  // namespace

SCENARIO("a response goes out whole: its line, its fields in order, its length and its body", "[web]") {
    const std::string fields =
        date + "Content-Type: text/plain\r\nCache-Control: no-store\r\nVary: Accept-Encoding\r\n";
    CHECK(response_text(found, "OK", sent_at, {1, true, false}) ==
          "HTTP/1.1 200 OK\r\n" + fields + "Content-Length: 4\r\n\r\n好\n");
    CHECK(response_text(found, "OK", sent_at, {1, false, true}) ==
          "HTTP/1.1 200 OK\r\n" + fields + "Connection: close\r\nContent-Length: 4\r\n\r\n");
    CHECK(response_text(found, "OK", sent_at, {0, true, true}) ==
          "HTTP/1.0 200 OK\r\n" + fields + "Connection: keep-alive\r\nContent-Length: 4\r\n\r\n");
    CHECK(response_text(found, "OK", sent_at, {0, false, true}) ==
          "HTTP/1.0 200 OK\r\n" + fields + "Content-Length: 4\r\n\r\n");
    CHECK(response_text({303, {}, {}, {}}, "See Other", sent_at, {1, true, false}) ==
          "HTTP/1.1 303 See Other\r\n" + date + "Content-Length: 0\r\n\r\n");
}

SCENARIO("what a field holds can end no field", "[web]") {
    const web::Response hostile{303, {}, {}, {{"Location", std::string{"/e/a\r\nSet-Cookie: x=1\n\0\x7F\tb", 26}}}};
    CHECK(response_text(hostile, "See Other", sent_at, {1, true, false}) ==
          "HTTP/1.1 303 See Other\r\n" + date + "Location: /e/a  Set-Cookie: x=1   \tb\r\nContent-Length: 0\r\n\r\n");
}
