// Raters: each connection, a thread, sends an answer, waits for the reply, sends the next.
//   bench_rate_load PORT CA CONNECTIONS LINKS FIRST COUNT
// LINKS: a file with a personal link a line; those from line FIRST on are answered, each once. The connections are up,
// their TLS agreed on, before the clock starts. Prints ratings a second, the p50 and p99 of a reply in ms, and the
// bytes of one, head and body. Anything but 201 ends the program.
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <latch>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void give_up(std::string_view what, std::string_view about) {
    std::fprintf(stderr, "bench_rate_load: %.*s: %.*s\n", static_cast<int>(what.size()), what.data(),
                 static_cast<int>(about.size()), about.data());
    std::exit(EXIT_FAILURE);
}

class Connection {
public:
    Connection(SSL_CTX* context, std::uint16_t port) : ssl_{SSL_new(context)} {
        socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int on = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
            give_up("no connection", "port");
        SSL_set_fd(ssl_, socket_);
        SSL_set1_host(ssl_, "localhost");
        if (SSL_connect(ssl_) != 1) give_up("no TLS", ERR_reason_error_string(ERR_get_error()));
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() {
        SSL_free(ssl_);
        ::close(socket_);
    }

    // The bytes of the reply.
    std::size_t exchange(std::string_view request) {
        if (SSL_write(ssl_, request.data(), static_cast<int>(request.size())) <= 0) give_up("closed", "while sending");
        got_.clear();
        std::size_t end = std::string::npos;
        while (got_.size() < (end == std::string::npos ? got_.size() + 1 : end)) {
            char some[8192];
            const int n = SSL_read(ssl_, some, sizeof some);
            if (n <= 0) give_up("closed", "while waiting");
            got_.append(some, static_cast<std::size_t>(n));
            if (end == std::string::npos) end = end_of_reply();
        }
        if (!got_.starts_with("HTTP/1.1 201 ")) give_up("refused", got_);
        return got_.size();
    }

private:
    [[nodiscard]] std::size_t end_of_reply() const {
        const auto head = got_.find("\r\n\r\n");
        if (head == std::string::npos) return head;
        constexpr std::string_view name = "\r\ncontent-length: ";
        std::string lower = got_.substr(0, head);
        std::transform(lower.begin(), lower.end(), lower.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        const auto at = lower.find(name);
        std::size_t length = 0;
        if (at == std::string::npos ||
            std::from_chars(lower.data() + at + name.size(), lower.data() + lower.size(), length).ec != std::errc{})
            give_up("a reply of unsaid length", got_);
        return head + 4 + length;
    }

    SSL* ssl_;
    int socket_ = -1;
    std::string got_;
};

// Of twenty answers one is bad and one of four says something, as in store.cpp.
std::string request_of(const std::string& link, std::size_t number) {
    const auto host = link.find("//") + 2, path = link.find('/', host), token = link.rfind('/') + 1;
    const bool is_bad = number % 20 == 0, speaks = is_bad || number % 4 == 1;
    std::string body = is_bad ? R"({"level":2,"tags":["209"])" : R"({"level":5,"tags":[])";
    if (speaks) body += R"(,"text":"窗口的同志耐心，材料一次收齐，比预计的早半天办完")";
    body += R"(,"request_key":"bench-)" + std::to_string(number) + "\"}";
    return "POST /api/v1/evaluations/" + link.substr(token) +
           "/rating HTTP/1.1\r\nHost: " + link.substr(host, path - host) +
           "\r\nContent-Type: application/json\r\nAccept: application/json\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::vector<std::string> requests(const std::string& path, std::size_t first, std::size_t count) {
    std::ifstream in{path};
    std::vector<std::string> all;
    std::string link;
    for (std::size_t i = 0; all.size() < count && std::getline(in, link); ++i)
        if (i >= first) all.push_back(request_of(link, i));
    if (all.size() < count) give_up("too few links", path);
    return all;
}

double quantile(const std::vector<double>& sorted, double q) {
    return sorted[static_cast<std::size_t>(q * static_cast<double>(sorted.size() - 1))];
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 7) give_up("usage", "see the head of rate_load.cpp");
    const auto number = [&](int i) { return std::strtoul(argv[i], nullptr, 10); };
    const auto connections = number(3), count = number(6);
    const auto all = requests(argv[4], number(5), count);

    const std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context{SSL_CTX_new(TLS_client_method()), SSL_CTX_free};
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    if (SSL_CTX_load_verify_locations(context.get(), argv[2], nullptr) != 1) give_up("cannot be read", argv[2]);

    std::vector<double> took_ms(count);
    std::atomic<std::size_t> next{0}, bytes{0};
    std::latch ready{static_cast<std::ptrdiff_t>(connections) + 1};
    std::vector<std::thread> raters;
    for (std::size_t i = 0; i < connections; ++i)
        raters.emplace_back([&] {
            Connection connection{context.get(), static_cast<std::uint16_t>(number(1))};
            ready.arrive_and_wait();
            for (std::size_t mine; (mine = next++) < count;) {
                const auto began = Clock::now();
                bytes += connection.exchange(all[mine]);
                took_ms[mine] = std::chrono::duration<double, std::milli>(Clock::now() - began).count();
            }
        });
    ready.arrive_and_wait();
    const auto began = Clock::now();
    for (auto& rater : raters) rater.join();
    const std::chrono::duration<double> took = Clock::now() - began;
    std::sort(took_ms.begin(), took_ms.end());
    std::printf("%.0f %.3f %.3f %zu\n", static_cast<double>(count) / took.count(), quantile(took_ms, .5),
                quantile(took_ms, .99), bytes / count);
}
