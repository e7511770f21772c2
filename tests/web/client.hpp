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
    // `resume`: whose TLS session to offer. `from`: comes from 127.0.0.`from`. `hello` false: TCP alone.
    struct More {
        const Client* resume = nullptr;
        unsigned from = 1;
        bool hello = true;
    };
    Client(std::uint16_t port, Over over) : Client{port, over, More{}} {}
    Client(std::uint16_t port, Over over, More more);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    [[nodiscard]] bool connected() const noexcept { return connected_; }
    [[nodiscard]] std::string tls_version() const;
    [[nodiscard]] bool resumed() const { return tls_ && SSL_session_reused(tls_.get()) == 1; }
    void send(const std::string& bytes);
    void send_plain(const std::string& bytes);  // beside TLS
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
