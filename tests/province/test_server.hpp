#pragma once
#include "tests/province/certificates.hpp"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace hcp::test {

struct Seen {
    std::string head, body;
    int connection = 0;  // 1 is the first accepted
};

struct Answer {
    enum class Then { keep, close, hang };
    std::string bytes;
    Then then = Then::keep;
};

[[nodiscard]] std::string http_reply(unsigned status, const std::string& body, const std::string& headers = {});

// A small HTTP server on a loopback port of its own, one thread per connection, that answers by script and cuts where
// it is told to.
class TestServer {
public:
    enum class Manner {
        normal,
        deaf,     // accepts and never reads
        slams,    // closes as soon as it has accepted
        old,      // TLS 1.1 at most
        in_clear  // says 400 in clear to whatever comes, as a plain port does to a handshake
    };

    TestServer(std::optional<Identity> tls, std::function<Answer(const Seen&)> script, Manner manner = Manner::normal);
    ~TestServer();
    TestServer(const TestServer&) = delete;
    TestServer& operator=(const TestServer&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    [[nodiscard]] std::vector<Seen> seen() const;
    void wait_for_requests(std::size_t n) const;
    void wait_for_ends(std::size_t n) const;  // connections that are over, whoever ended them

private:
    struct Connection;
    void accept_all();
    void serve(int socket, int number);
    bool converse(Connection&, int number);

    std::optional<Identity> tls_;
    std::function<Answer(const Seen&)> script_;
    Manner manner_;
    int listener_ = -1;
    std::uint16_t port_ = 0;

    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    std::vector<Seen> seen_;
    std::size_t ends_ = 0;
    bool stopping_ = false;
    std::vector<int> sockets_;  // open ones; -1 when over
    std::vector<std::thread> threads_;
    std::thread acceptor_;
};

}  // namespace hcp::test
