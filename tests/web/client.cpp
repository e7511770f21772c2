#include "tests/web/client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>

namespace hcp::test {

Client::Client(std::uint16_t port, Over over, More more) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval limit{20, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK - 1 + more.from);
    (void)::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    if (!connected_ || over == Over::plain || !more.hello) return;
    context_.reset(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    tls_.reset(SSL_new(context_.get()), SSL_free);
    SSL_set_fd(tls_.get(), socket_);
    if (more.resume != nullptr) {
        const std::unique_ptr<SSL_SESSION, void (*)(SSL_SESSION*)> session{SSL_get1_session(more.resume->tls_.get()),
                                                                           SSL_SESSION_free};
        SSL_set_session(tls_.get(), session.get());
    }
    connected_ = SSL_connect(tls_.get()) == 1;
}

Client::~Client() {
    ::close(socket_);
}

std::string Client::tls_version() const {
    return tls_ ? SSL_get_version(tls_.get()) : "";
}

void Client::send(const std::string& bytes) {
    if (tls_) {
        SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()));
        return;
    }
    send_plain(bytes);
}

void Client::send_plain(const std::string& bytes) {
    for (std::size_t sent = 0; sent < bytes.size();) {
        const auto n = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (n <= 0) return;
        sent += static_cast<std::size_t>(n);
    }
}

std::ptrdiff_t Client::receive(char* into, std::size_t size) {
    return tls_ ? SSL_read(tls_.get(), into, static_cast<int>(size)) : ::recv(socket_, into, size, 0);
}

bool Client::fill() {
    char bytes[4096];
    const auto n = receive(bytes, sizeof bytes);
    if (n > 0) buffer_.append(bytes, static_cast<std::size_t>(n));
    return n > 0;
}

Answered Client::read(bool head_only) {
    Answered answered;
    std::size_t end;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
        if (!fill()) return answered;
    const auto head = buffer_.substr(0, end);
    buffer_.erase(0, end + 4);
    answered.status = std::stoi(head.substr(9, 3));
    for (std::size_t at = head.find("\r\n"); at != std::string::npos;) {
        const auto next = head.find("\r\n", at + 2);
        const auto line = head.substr(at + 2, next == std::string::npos ? next : next - at - 2);
        auto name = line.substr(0, line.find(':'));
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        auto& value = answered.headers[name];
        value += (value.empty() ? "" : "\n") + line.substr(line.find(':') + 2);
        at = next;
    }
    const auto found = answered.headers.find("content-length");
    const auto size = head_only || found == answered.headers.end() ? 0 : std::stoul(found->second);
    while (buffer_.size() < size && fill()) {
    }
    answered.body = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return answered;
}

bool Client::at_end() {
    char byte;
    return buffer_.empty() && receive(&byte, 1) <= 0;
}

}  // namespace hcp::test
