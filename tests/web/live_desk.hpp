#pragma once
#include "adapters/web/server.hpp"
#include "tests/province/certificates.hpp"
#include "tests/support/temp_directory.hpp"
#include "tests/web/client.hpp"
#include "tests/web/web_desk.hpp"

#include <openssl/pem.h>

#include <optional>

namespace hcp::test {

// The whole server on real sockets of its own ports.
struct LiveDesk : WebDesk {
    explicit LiveDesk(Client::Over over = Client::Over::plain) {
        apply({event});
        path = "/e/" + token_text(event);
        if (over == Client::Over::tls) {
            const auto identity = issue(make_ca(), "DNS:localhost");
            settings.tls = {dir.path() / "cert.pem", dir.path() / "key.pem"};
            std::unique_ptr<FILE, int (*)(FILE*)> certificate{std::fopen((dir.path() / "cert.pem").c_str(), "w"),
                                                              std::fclose};
            std::unique_ptr<FILE, int (*)(FILE*)> key{std::fopen((dir.path() / "key.pem").c_str(), "w"), std::fclose};
            PEM_write_X509(certificate.get(), identity.certificate.get());
            PEM_write_PrivateKey(key.get(), identity.key.get(), nullptr, nullptr, 0, nullptr, nullptr);
        }
    }
    web::Started start() {
        web::WebOptions web_options;
        web_options.public_web = settings;
        web_options.operations_listen = ports::Address{"127.0.0.1", 0};
        web_options.max_waiting = max_waiting;
        server.emplace(services(), web_options);
        const auto started = server->start();
        REQUIRE(started.has_value());
        return *started;
    }
    static std::string get_text(const std::string& path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }
    static std::string post_text(const std::string& path, const std::string& body, const std::string& more = {}) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n" +
               more + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }

    std::size_t max_waiting = 100;
    Completion event = completion("C1");
    std::string path;
    TempDirectory dir;
    std::optional<web::WebServer> server;
};

}  // namespace hcp::test
