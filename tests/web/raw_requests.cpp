#include "tests/web/live_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

struct Raw {
    std::string what, bytes;
    int status;
};

// What stands for a body holds a request of its own, so that whoever takes it for the next one answers twice.
const std::string inner = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
const std::string inner_chunk = "2a\r\n" + inner + "\r\n0\r\n\r\n";

std::string post(const std::string& path, const std::string& fields, const std::string& body = inner) {
    return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n" +
           fields + "\r\n" + body;
}
std::string get(const std::string& line, const std::string& fields = "Host: localhost\r\n") {
    return line + "\r\n" + fields + "\r\n";
}
std::string with_nul(std::string text) {
    text[text.find('^')] = '\0';
    return text;
}

// Malformed, or such that two readers could differ. Nothing but one refusal may come of each, and then the end.
std::vector<Raw> table(const std::string& path) {
    const auto length = "Content-Length: " + std::to_string(inner.size()) + "\r\n";
    const std::string chunked = "Transfer-Encoding: chunked\r\n";
    const auto coding = [&](const std::string& value) { return post(path, "Transfer-Encoding:" + value + "\r\n"); };
    const auto chunks = [&](const std::string& body) { return post(path, chunked, body); };
    return {
        // where a body ends
        {"an unknown coding", coding(" xchunked"), 400},
        {"identity", coding(" identity"), 400},
        {"chunked, then identity", coding(" chunked, identity"), 400},
        {"identity, then chunked", coding(" identity, chunked"), 400},
        {"chunked twice in a line", coding(" chunked, chunked"), 400},
        {"chunked twice in two lines", post(path, chunked + chunked), 400},
        {"gzip, then chunked", coding(" gzip, chunked"), 400},
        {"chunked with a parameter", coding(" chunked;q=1"), 400},
        {"chunked in quotes", coding(" \"chunked\""), 400},
        {"chunked behind a comma", coding(" ,chunked"), 400},
        {"no coding", coding(""), 400},
        {"chunked behind a vertical tab",
         coding(" \x0B"
                "chunked"),
         400},
        {"a folded coding", coding("\r\n chunked"), 400},
        {"a folded second coding", coding(" chunked\r\n\t, identity"), 400},
        {"chunked and a length", post(path, chunked + length), 400},
        {"a length and chunked", post(path, length + chunked), 400},
        {"an unknown coding and a length", post(path, "Transfer-Encoding: x\r\n" + length), 400},
        {"a length and an unknown coding", post(path, length + "Transfer-Encoding: x\r\n"), 400},
        {"a blank before the colon of a coding", post(path, length + "Transfer-Encoding : chunked\r\n"), 400},
        {"chunked in HTTP/1.0", "POST " + path + " HTTP/1.0\r\nHost: localhost\r\n" + chunked + "\r\n" + inner_chunk,
         400},
        {"two lengths that differ", post(path, "Content-Length: 0\r\n" + length), 400},
        {"the same length twice", post(path, length + length), 400},
        {"a list of lengths", post(path, "Content-Length: 42, 42\r\n"), 400},
        {"a negative length", post(path, "Content-Length: -1\r\n"), 400},
        {"a length with a sign", post(path, "Content-Length: +42\r\n"), 400},
        {"a hexadecimal length", post(path, "Content-Length: 0x2a\r\n"), 400},
        {"a length with a blank in it", post(path, "Content-Length: 4 2\r\n"), 400},
        {"a length of nothing", post(path, "Content-Length:\r\n"), 400},
        {"a length beyond 64 bits", post(path, "Content-Length: 18446744073709551659\r\n"), 400},
        {"a length of 18 digits", post(path, "Content-Length: 999999999999999999\r\n"), 413},
        {"a folded length", post(path, "Content-Length:\r\n 42\r\n"), 400},
        // chunks
        {"a chunk's size that is none", chunks("x\r\n" + inner), 400},
        {"a chunk's size with a sign", chunks("+2a\r\n" + inner + "\r\n0\r\n\r\n"), 400},
        {"a chunk's size with 0x", chunks("0x2a\r\n" + inner + "\r\n0\r\n\r\n"), 400},
        {"a negative chunk", chunks("-1\r\n" + inner), 400},
        {"a chunk's size beyond 64 bits", chunks("10000000000000000\r\n" + inner), 400},
        {"a chunk that is larger than what may come", chunks("7fffffffffffffff\r\n" + inner), 413},
        {"a chunk longer than its size", chunks("5\r\nabcdefgh\r\n0\r\n\r\n"), 400},
        {"a chunk's size that ends in LF", chunks("2a\n" + inner + "\r\n0\r\n\r\n"), 400},
        {"a chunk that ends in LF", chunks("2a\r\n" + inner + "\n0\r\n\r\n"), 400},
        {"an extension of a chunk", chunks("2a;a=b\r\n" + inner + "\r\n0\r\n\r\n"), 400},
        {"an extension of the last chunk", chunks("2a\r\n" + inner + "\r\n0;a\r\n\r\n"), 400},
        {"an extension with an LF in it", chunks("2a;\n" + inner + "\r\n0\r\n\r\n"), 400},
        {"a trailer", chunks("2a\r\n" + inner + "\r\n0\r\nX: y\r\n\r\n"), 400},
        {"a trailer that says another host", chunks("2a\r\n" + inner + "\r\n0\r\nHost: evil\r\n\r\n"), 400},
        {"a trailer that says a length", chunks("2a\r\n" + inner + "\r\n0\r\nContent-Length: 9\r\n\r\n"), 400},
        // lines
        {"line ends that are LF alone", "GET / HTTP/1.1\nHost: localhost\n\n", 400},
        {"one line end that is LF alone", "GET / HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n", 400},
        {"a header that ends in LF LF", "GET / HTTP/1.1\r\nHost: localhost\r\n\n", 400},
        {"a CR within a value", get("GET / HTTP/1.1", "Host: localhost\r\nX: a\rb\r\n"), 400},
        {"a NUL within a value", with_nul(get("GET / HTTP/1.1", "Host: localhost\r\nX: a^b\r\n")), 400},
        {"a NUL within a name", with_nul(get("GET / HTTP/1.1", "Host: localhost\r\nX^: ab\r\n")), 400},
        {"a control character within a value", get("GET / HTTP/1.1", "Host: localhost\r\nX: \x01\r\n"), 400},
        {"a folded value", get("GET / HTTP/1.1", "Host: localhost\r\nX: a\r\n b\r\n"), 400},
        {"a folded first line", get("GET / HTTP/1.1", " X: a\r\nHost: localhost\r\n"), 400},
        {"a field without a colon", get("GET / HTTP/1.1", "Host: localhost\r\nX\r\n"), 400},
        {"a field without a name", get("GET / HTTP/1.1", "Host: localhost\r\n: x\r\n"), 400},
        {"a blank in a name", get("GET / HTTP/1.1", "Host: localhost\r\nX Y: z\r\n"), 400},
        {"a blank before a colon", get("GET / HTTP/1.1", "Host : localhost\r\n"), 400},
        {"an empty line before the request", "\r\n" + get("GET / HTTP/1.1"), 400},
        {"a header of a hundred kilobytes", get("GET / HTTP/1.1", "X: " + std::string(100'000, 'x') + "\r\n"), 431},
        // the first line
        {"two blanks", get("GET  / HTTP/1.1"), 400},
        {"a tab for a blank", get("GET\t/ HTTP/1.1"), 400},
        {"a blank at the end", get("GET / HTTP/1.1 "), 400},
        {"no version", get("GET /"), 400},
        {"a version in small letters", get("GET / http/1.1"), 400},
        {"a version that does not exist", get("GET / HTTP/9.9"), 400},
        {"a version of three numbers", get("GET / HTTP/1.1.1"), 400},
        {"HTTP/2 without a word before", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
        {"a blank in the target", get("GET /a b HTTP/1.1"), 400},
        {"a fragment in the target", get("GET /#a HTTP/1.1"), 400},
        {"a target without a slash", get("GET e HTTP/1.1"), 400},
        {"a method that is no word", get("GE(T / HTTP/1.1"), 400},
        {"the beginning of TLS", std::string{"\x16\x03\x01\x02\x00\x01\x00", 7}, 400},
        {"CONNECT", get("CONNECT localhost:443 HTTP/1.1"), 400},
        {"a star for another method than OPTIONS", get("GET * HTTP/1.1"), 400},
        {"an absolute target without a host", get("GET http:///healthz HTTP/1.1"), 400},
        {"an absolute target with a user", get("GET http://u@localhost/healthz HTTP/1.1"), 400},
        {"an absolute target of another scheme", get("GET ftp://localhost/healthz HTTP/1.1"), 400},
        {"an absolute target that is not the Host", get("GET http://evil.example/healthz HTTP/1.1"), 400},
        // whom it is for
        {"no Host", get("GET / HTTP/1.1", ""), 400},
        {"two Hosts", get("GET / HTTP/1.1", "Host: localhost\r\nHost: localhost\r\n"), 400},
        {"an empty Host", get("GET / HTTP/1.1", "Host:\r\n"), 400},
        {"a list of Hosts", get("GET / HTTP/1.1", "Host: localhost, evil.example\r\n"), 400},
        {"a Host with a path", get("GET / HTTP/1.1", "Host: localhost/evil\r\n"), 400},
        {"a Host with a user", get("GET / HTTP/1.1", "Host: u@localhost\r\n"), 400},
        {"a Host with a port that is none", get("GET / HTTP/1.1", "Host: localhost:99999\r\n"), 400},
        {"two Hosts in HTTP/1.0", get("GET / HTTP/1.0", "Host: localhost\r\nHost: localhost\r\n"), 400},
        {"somebody else's Host", get("GET / HTTP/1.1", "Host: evil.example\r\n"), 400},
        {"somebody else's Host, on an asset", get("GET /assets/site.css HTTP/1.1", "Host: evil.example\r\n"), 400},
        {"two Origins", get("GET / HTTP/1.1", "Host: localhost\r\nOrigin: null\r\nOrigin: null\r\n"), 400},
        {"two types of content", post(path, length + "Content-Type: application/json\r\n"), 400},
        // what is expected of us
        {"another expectation", post(path, length + "Expect: 200-ok\r\n"), 417},
        {"a second expectation", post(path, length + "Expect: 100-continue, x\r\n"), 417},
        {"two expectations", post(path, length + "Expect: 100-continue\r\nExpect: 100-continue\r\n"), 400},
    };
}

void refuses(LiveDesk& desk, Client::Over over, std::size_t every) {
    const auto started = desk.start();
    const auto rows = table(desk.path);
    CHECK(rows.size() >= 60);
    for (std::size_t i = 0; i < rows.size(); i += every) {
        INFO(rows[i].what);
        Client client{started.public_port, over};
        REQUIRE(client.connected());
        client.send(rows[i].bytes + inner);  // what is sent in one go behind it must not be answered either
        CHECK(client.read().status == rows[i].status);
        CHECK(client.at_end());
    }
    Client next{started.public_port, over};
    CHECK(next.ask(inner).status == 200);
    CHECK(desk.view(desk.event).evaluation.state == domain::EvaluationState::open);
}

}  // namespace

SCENARIO("what is malformed or ambiguous is refused once, and the connection ends with it", "[web][live]") {
    WHEN("it comes in clear") {
        LiveDesk desk;
        refuses(desk, Client::Over::plain, 1);
    }
    WHEN("it comes over TLS") {
        LiveDesk desk{Client::Over::tls};
        refuses(desk, Client::Over::tls, 3);
    }
}

SCENARIO("what is unusual and clear is answered, and the connection goes on", "[web][live]") {
    LiveDesk desk;
    desk.settings.base_url = {"https", "pj.example.cn", 443, "", "https://pj.example.cn"};
    const auto started = desk.start();
    const std::string form = "request_key=k&level=5";
    const auto length = "Content-Length: " + std::to_string(form.size()) + "\r\n";
    const Raw rows[] = {
        {"the absolute form", get("GET http://localhost/healthz HTTP/1.1"), 200},
        {"the absolute form with a port", get("GET http://LocalHost:80/healthz HTTP/1.1", "Host: localhost:80\r\n"),
         200},
        {"the absolute form without a path", get("GET https://localhost HTTP/1.1"), 200},
        {"the public name", get("GET / HTTP/1.1", "Host: PJ.example.cn:443\r\n"), 200},
        {"a probe by the address", get("GET /healthz HTTP/1.1", "Host: 10.1.2.3:8443\r\n"), 200},
        {"no Host in HTTP/1.0", get("GET /healthz HTTP/1.0", "Connection: keep-alive\r\n"), 200},
        {"an expectation in HTTP/1.0", get("GET /healthz HTTP/1.0", "Connection: keep-alive\r\nExpect: 200-ok\r\n"),
         200},
        {"TRACE", get("TRACE / HTTP/1.1"), 405},
        {"a method that nobody knows", get("BREW / HTTP/1.1"), 405},
        {"OPTIONS of the server", get("OPTIONS * HTTP/1.1"), 404},
        {"chunks", post("/e/nobody", "Transfer-Encoding: Chunked\r\n", inner_chunk), 404},
        {"capitals in the type of content",
         "POST " + desk.path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: Application/X-WWW-Form-URLencoded\r\n" +
             length + "\r\n" + form,
         303},
        {"a type of content that only begins alike",
         "POST " + desk.path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencodedx\r\n" +
             length + "\r\n" + form,
         415},
        {"a page of somebody else's that knows our Host",
         "POST " + desk.path + " HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\n" + length + "\r\n" +
             form,
         403},
    };
    for (const auto& row : rows) {
        INFO(row.what);
        Client client{started.public_port, Client::Over::plain};
        CHECK(client.ask(row.bytes).status == row.status);
        CHECK(client.ask(inner).status == 200);
    }
}
