#include "tests/province/test_server.hpp"

#include <openssl/ssl.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

namespace hcp::test {

std::string http_reply(unsigned status, const std::string& body, const std::string& headers) {
    return "HTTP/1.1 " + std::to_string(status) + " x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           headers + "\r\n" + body;
}

struct TestServer::Connection {
    int socket;
    std::shared_ptr<SSL> ssl;

    [[nodiscard]] int read(char* to, int n) const {
        return ssl ? SSL_read(ssl.get(), to, n) : static_cast<int>(::recv(socket, to, static_cast<std::size_t>(n), 0));
    }
    [[nodiscard]] bool write(const std::string& bytes) const {
        if (bytes.empty()) return true;
        const auto n = static_cast<int>(bytes.size());
        return (ssl ? SSL_write(ssl.get(), bytes.data(), n)
                    : static_cast<int>(::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL))) == n;
    }
};

TestServer::TestServer(std::optional<Identity> tls, std::function<Answer(const Seen&)> script, Manner manner)
    : tls_{std::move(tls)}, script_{std::move(script)}, manner_{manner} {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes without MSG_NOSIGNAL
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int little = 4096;  // so that little fits into what nobody reads
    if (manner_ == Manner::deaf) ::setsockopt(listener_, SOL_SOCKET, SO_RCVBUF, &little, sizeof little);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 64) != 0 ||
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::runtime_error("listen");
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread{[this] { accept_all(); }};
}

TestServer::~TestServer() {
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
        for (const int socket : sockets_)
            if (socket >= 0) ::shutdown(socket, SHUT_RDWR);
        changed_.notify_all();
    }
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    for (auto& thread : threads_) thread.join();
    ::close(listener_);
}

void TestServer::accept_all() {
    for (int number = 1;; ++number) {
        const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        const std::lock_guard lock{mutex_};
        if (socket < 0 || stopping_) {
            if (socket >= 0) ::close(socket);
            return;
        }
        sockets_.push_back(socket);
        threads_.emplace_back([this, socket, number] { serve(socket, number); });
    }
}

void TestServer::serve(int socket, int number) {
    {
        Connection connection{socket, nullptr};
        bool ready = manner_ != Manner::slams;
        if (manner_ == Manner::deaf) {
            std::unique_lock lock{mutex_};
            changed_.wait(lock, [&] { return stopping_; });
            ready = false;
        }
        if (manner_ == Manner::in_clear) {
            const std::string reply = http_reply(400, "");
            char part[4096];
            if (::recv(socket, part, sizeof part, 0) > 0)
                (void)::send(socket, reply.data(), reply.size(), MSG_NOSIGNAL);
            ready = false;
        }
        if (ready && tls_) {
            const std::shared_ptr<SSL_CTX> context{SSL_CTX_new(TLS_server_method()), SSL_CTX_free};
            SSL_CTX_use_certificate(context.get(), tls_->certificate.get());
            SSL_CTX_use_PrivateKey(context.get(), tls_->key.get());
            if (manner_ == Manner::old) {
                SSL_CTX_set_cipher_list(context.get(), "DEFAULT:@SECLEVEL=0");
                SSL_CTX_set_max_proto_version(context.get(), TLS1_1_VERSION);
            }
            connection.ssl = {SSL_new(context.get()), SSL_free};
            SSL_set_fd(connection.ssl.get(), socket);
            ready = SSL_accept(connection.ssl.get()) == 1;
        }
        while (ready && converse(connection, number)) {
        }
    }
    const std::lock_guard lock{mutex_};
    sockets_[static_cast<std::size_t>(number - 1)] = -1;
    ::close(socket);  // on loopback the other side can see it when this returns
    ++ends_;
    changed_.notify_all();
}

// One request and its answer; false when the connection is over.
bool TestServer::converse(Connection& connection, int number) {
    std::string bytes;
    char part[4096];
    std::size_t whole = std::string::npos;
    while (bytes.size() < whole) {
        const int n = connection.read(part, sizeof part);
        if (n <= 0) return false;
        bytes.append(part, static_cast<std::size_t>(n));
        const auto end = bytes.find("\r\n\r\n");
        if (whole != std::string::npos || end == std::string::npos) continue;
        const auto length = bytes.find("Content-Length: ");
        whole = end + 4 + (length < end ? std::stoul(bytes.substr(length + 16)) : 0);
    }
    const auto end = bytes.find("\r\n\r\n");
    const Seen seen{bytes.substr(0, end), bytes.substr(end + 4), number};
    {
        const std::lock_guard lock{mutex_};
        seen_.push_back(seen);
        changed_.notify_all();
    }
    const auto answer = script_(seen);
    if (!connection.write(answer.bytes)) return false;
    if (answer.then == Answer::Then::hang) {
        (void)connection.read(part, sizeof part);  // until the other side goes
        return false;
    }
    return answer.then == Answer::Then::keep;
}

std::vector<Seen> TestServer::seen() const {
    const std::lock_guard lock{mutex_};
    return seen_;
}
void TestServer::wait_for_requests(std::size_t n) const {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] { return seen_.size() >= n; });
}
void TestServer::wait_for_ends(std::size_t n) const {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] { return ends_ >= n; });
}

}  // namespace hcp::test
