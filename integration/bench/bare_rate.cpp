// The bare side of rate.sh: the same exchange over TLS, and the rows that our side's ratings have just left in one
// database, written to another of the same schema by the client library alone. Each request brings one rating's rows;
// those that have come meanwhile, 256 at the most as with us, go into one transaction, and each is answered once it is
// committed. Nothing is parsed but the length of a request, nothing is checked.
//   bench_bare_rate STORE FROM TO serve CERTIFICATE KEY REPLY_BYTES    prints the port; ends with its input
//   bench_bare_rate STORE FROM TO rows                                prints the rows, a rating's a line of JSON:
//                       [[statement, [value, …]], …]; the first line has the statements. A value is null, a string, or
//                       {"hex": bytes}
#include "integration/bench/bare_rows.hpp"

#include <openssl/ssl.h>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <condition_variable>
#include <iostream>
#include <mutex>
#include <semaphore>
#include <thread>
#include <utility>

namespace {

using Answered = std::binary_semaphore;

// One thread writes for all.
class Writer {
public:
    Writer(std::unique_ptr<bare::Client> to, bare::Share share)
        : to_{std::move(to)}, share_{std::move(share)}, thread_{[this] { write_all(); }} {}
    ~Writer() {
        {
            const std::lock_guard lock{mutex_};
            ends_ = true;
        }
        came_.notify_one();
        thread_.join();
    }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    void store(Answered& one) {
        {
            const std::lock_guard lock{mutex_};
            waiting_.push_back(&one);
        }
        came_.notify_one();
        one.acquire();
    }

private:
    static constexpr std::size_t at_once = 256;

    void write_all() {
        std::unique_lock lock{mutex_};
        for (;;) {
            came_.wait(lock, [this] { return ends_ || !waiting_.empty(); });
            if (waiting_.empty()) return;
            auto some = std::exchange(waiting_, {});
            if (some.size() > at_once) {
                waiting_.assign(some.begin() + at_once, some.end());
                some.resize(at_once);
            }
            lock.unlock();
            if (share_.left() < some.size()) bare::give_up("more requests than ratings", "bench_bare_rate");
            share_.write_next(*to_, some.size());
            for (auto* one : some) one->release();
            lock.lock();
        }
    }

    std::unique_ptr<bare::Client> to_;
    bare::Share share_;
    std::mutex mutex_;
    std::condition_variable came_;
    std::vector<Answered*> waiting_;
    bool ends_ = false;
    std::thread thread_;
};

std::string reply_of(std::size_t bytes) {
    std::string head = "HTTP/1.1 201 Created\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ";
    constexpr std::size_t digits_and_end = 8;
    const auto body = bytes > head.size() + digits_and_end ? bytes - head.size() - digits_and_end : 2;
    return head + std::to_string(body) + "\r\n\r\n" + std::string(body, 'x');
}

// The end of the request in `got`, or 0.
std::size_t end_of_request(std::string_view got) {
    const auto head = got.find("\r\n\r\n");
    if (head == std::string_view::npos) return 0;
    constexpr std::string_view name = "\r\nContent-Length: ";
    const auto at = got.find(name);
    std::size_t length = 0;
    if (at < head) std::from_chars(got.data() + at + name.size(), got.data() + head, length);
    return got.size() < head + 4 + length ? 0 : head + 4 + length;
}

void serve_one(SSL* ssl, Writer& writer, const std::string& reply) {
    Answered answered{0};
    std::string got;
    char some[8192];
    for (int n; (n = SSL_read(ssl, some, sizeof some)) > 0;) {
        got.append(some, static_cast<std::size_t>(n));
        const auto end = end_of_request(got);
        if (end == 0) continue;
        got.erase(0, end);
        writer.store(answered);
        if (SSL_write(ssl, reply.data(), static_cast<int>(reply.size())) <= 0) return;
    }
}

int listen_anywhere() {
    const int on = 1, made = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    socklen_t size = sizeof at;
    if (::bind(made, reinterpret_cast<const sockaddr*>(&at), size) != 0 || ::listen(made, 1024) != 0 ||
        ::getsockname(made, reinterpret_cast<sockaddr*>(&at), &size) != 0)
        bare::give_up("no port", "bench_bare_rate");
    std::cout << ntohs(at.sin_port) << std::endl;
    return made;
}

void serve(Writer& writer, const char* certificate, const char* key, const std::string& reply) {
    auto* const context = SSL_CTX_new(TLS_server_method());
    if (SSL_CTX_use_certificate_chain_file(context, certificate) != 1 ||
        SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) != 1)
        bare::give_up("cannot be read", certificate);
    const int listening = listen_anywhere();
    std::thread{[&writer, &reply, context, listening] {
        for (int socket; (socket = ::accept4(listening, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;)
            std::thread{[&writer, &reply, context, socket] {
                auto* const ssl = SSL_new(context);
                SSL_set_fd(ssl, socket);
                if (SSL_accept(ssl) == 1) serve_one(ssl, writer, reply);
                SSL_free(ssl);
                ::close(socket);
            }}.detach();
    }}.detach();
    std::cin.ignore(std::numeric_limits<std::streamsize>::max());
}

boost::json::value json_of(const bare::Value& value) {
    switch (value.kind) {
        case bare::Value::Kind::null:
            return nullptr;
        case bare::Value::Kind::integer:
            return boost::json::string{std::to_string(value.integer)};  // a number of JavaScript holds no id
        case bare::Value::Kind::text:
            return boost::json::string{value.content};
        case bare::Value::Kind::bytes: {
            static constexpr char digits[] = "0123456789abcdef";
            std::string hex;
            for (const char c : value.content) {
                const auto byte = static_cast<unsigned char>(c);
                (hex += digits[byte >> 4]) += digits[byte & 15];
            }
            return boost::json::object{{"hex", hex}};
        }
    }
    std::abort();
}

// Keeps what it is given; a transaction is a line.
class Printer final : public bare::Client {
public:
    explicit Printer(const std::vector<bare::Batch>& batches) {
        boost::json::array statements;
        for (const auto& batch : batches) statements.emplace_back(batch.sql);
        std::cout << boost::json::serialize(statements) << '\n';
        for (const auto& batch : batches) known_.push_back(batch.sql);
    }
    bare::Table read(const std::string& sql) override { bare::give_up("is never read", sql); }
    void begin() override { line_.clear(); }
    void commit() override { std::cout << boost::json::serialize(line_) << '\n'; }
    void write(const std::string& sql, std::span<const bare::Row> rows) override {
        const auto which = std::find(known_.begin(), known_.end(), sql) - known_.begin();
        for (const auto& row : rows) {
            boost::json::array values;
            for (const auto& value : row) values.push_back(json_of(value));
            line_.push_back(boost::json::array{which, std::move(values)});
        }
    }

private:
    std::vector<std::string> known_;
    boost::json::array line_;
};

}  // namespace

int main(int argc, char** argv) {
    const std::string what = argc > 4 ? argv[4] : "";
    if (!(what == "serve" && argc == 8) && !(what == "rows" && argc == 5))
        bare::give_up("usage", "see the head of bare_rate.cpp");
    const std::string store = argv[1], from = argv[2], to = argv[3];
    const bool is_sqlite = store == "sqlite";
    const auto reader = is_sqlite ? bare::sqlite_client : bare::mysql_client;
    const auto writer = store == "oracle" ? bare::odbc_client : reader;
    auto share = std::move(bare::difference(*reader(from), *reader(to), 1, is_sqlite, "ratings").front());
    if (share.leading.empty()) bare::give_up("nothing to write", from);
    if (what == "rows") {
        Printer lines{share.batches};
        while (share.left() > 0) share.write_next(lines, 1);
        return 0;
    }
    Writer of_all{writer(to), std::move(share)};
    serve(of_all, argv[5], argv[6], reply_of(std::strtoul(argv[7], nullptr, 10)));
    std::_Exit(EXIT_SUCCESS);  // the connections' threads have no end of their own
}
