#pragma once
#include <openssl/ssl.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace hcp::test {

struct Answered {
    int status = 0;  // 0: the connection ended without an answer
    std::map<std::string, std::string> headers;
    std::string body;
};

// A small HTTP client that sends exactly the bytes it is told to, with or without TLS. Reads wait at most some seconds.
class Client {
public:
    enum class Over { plain, tls };
    Client(std::uint16_t port, Over over, const Client* resume = nullptr);  // `resume`: whose TLS session to offer
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    [[nodiscard]] bool connected() const noexcept { return connected_; }
    [[nodiscard]] std::string tls_version() const;
    [[nodiscard]] bool resumed() const { return tls_ && SSL_session_reused(tls_.get()) == 1; }
    void send(const std::string& bytes);
    [[nodiscard]] Answered read(bool head_only = false);
    // True when the other side has closed.
    [[nodiscard]] bool at_end();

    Answered ask(const std::string& bytes) {
        send(bytes);
        return read();
    }

private:
    std::ptrdiff_t receive(char* into, std::size_t size);
    bool fill();

    int socket_ = -1;
    bool connected_ = false;
    std::shared_ptr<SSL_CTX> context_;
    std::shared_ptr<SSL> tls_;
    std::string buffer_;
};

}  // namespace hcp::test
