#include "adapters/web/request_head.hpp"

#include <catch2/catch.hpp>

using namespace hcp::web;
using namespace std::string_view_literals;

SCENARIO("the end of a header is found however it comes in pieces", "[web]") {
    const auto whole = "GET / HTTP/1.1\r\nHost: a\r\n\r\nbody"sv;
    const auto end = whole.find("body");
    for (std::size_t first = 0; first < whole.size(); ++first) {
        INFO(first);
        auto search = find_head_end(whole.substr(0, first), 0);
        if (search.found == HeadSearch::Found::not_yet) search = find_head_end(whole, search.at);
        CHECK(search.found == HeadSearch::Found::end);
        CHECK(search.at == end);
    }
}

SCENARIO("what cannot become a header is known at its first byte", "[web]") {
    for (const auto bytes : {"\r\nGET"sv, "\nGET"sv, "GET / HTTP/1.1\nHost"sv, "GET / HTTP/1.1\rHost"sv, "GET /\0"sv,
                             "\x16\x03\x01"sv, "GET / HTTP/1.1\r\r\n"sv, "GET / HTTP/1.1\r\nA: b\n\n"sv, "A\x7F"sv}) {
        INFO(bytes);
        CHECK(find_head_end(bytes, 0).found == HeadSearch::Found::garbage);
    }
    CHECK(find_head_end("GET / HTTP/1.1\r\nA:\tb\xE4\r"sv, 0).found == HeadSearch::Found::not_yet);
}

SCENARIO("a target is read in each of its forms", "[web]") {
    const auto read = [](std::string_view text) {
        const auto target = read_target(text);
        return std::string{target.authority} + " " + std::string{target.path} + " " + std::string{target.query};
    };
    CHECK(read("/e/x?a=b?c") == " /e/x a=b?c");
    CHECK(read("http://h:1/e?a") == "h:1 /e a");
    CHECK(read("HTTPS://h") == "h / ");
    CHECK(read("http://h?a") == "h / a");
    CHECK(read("*") == " * ");
    CHECK(read("//h/e") == " //h/e ");
}
