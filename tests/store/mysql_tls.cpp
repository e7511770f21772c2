#include "adapters/store/mysql_tls.hpp"
#include "adapters/store/sql_store.hpp"
#include "tests/contract/store/samples.hpp"
#include "tests/support/mariadb.hpp"
#include "tests/support/project_root.hpp"

#include <soci/mysql/soci-mysql.h>
#include <soci/soci.h>
#include <catch2/catch.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <thread>

using namespace hcp;
using namespace hcp::store;
using namespace std::string_view_literals;
using contract::must;
namespace fs = std::filesystem;

namespace {

// On a port that the system gives.
class Listener {
public:
    Listener() : fd_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof at;
        if (::bind(fd_, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0 || ::listen(fd_, 8) != 0 ||
            ::getsockname(fd_, reinterpret_cast<sockaddr*>(&at), &size) != 0)
            throw std::runtime_error{"no port"};
        port_ = ntohs(at.sin_port);
    }
    ~Listener() { ::close(fd_); }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    [[nodiscard]] int fd() const { return fd_; }
    [[nodiscard]] int port() const { return port_; }

private:
    int fd_;
    int port_ = 0;
};

int free_port() {
    return Listener{}.port();
}

// Greets as MySQL does, offers no TLS, and keeps what it is told.
class ClearServer {
public:
    ClearServer() : thread_{[this] { serve(); }} {}
    ~ClearServer() {
        ::shutdown(listener_.fd(), SHUT_RDWR);
        thread_.join();
    }
    ClearServer(const ClearServer&) = delete;
    ClearServer& operator=(const ClearServer&) = delete;
    [[nodiscard]] int port() const { return listener_.port(); }
    [[nodiscard]] int visits() const { return visits_; }
    [[nodiscard]] std::string heard() {
        const std::lock_guard lock{mutex_};
        return heard_;
    }

private:
    void serve() {
        // Protocol 4.1 with all that a client of today needs, but without CLIENT_SSL (0x0800).
        constexpr auto greeting =
            "\x4a\x00\x00\x00\x0a"
            "8.0.36\x00"
            "\x01\x00\x00\x00"
            "abcdefgh\x00"
            "\x0f\xa2\x2d\x02\x00\x0b\x00\x15"
            "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
            "ijklmnopqrst\x00"
            "mysql_native_password\x00"sv;
        static_assert(greeting.size() == 4 + 0x4a);
        for (;;) {
            const int client = ::accept4(listener_.fd(), nullptr, nullptr, SOCK_CLOEXEC);
            if (client < 0) return;
            ++visits_;
            (void)!::send(client, greeting.data(), greeting.size(), MSG_NOSIGNAL);
            std::array<char, 4096> bytes{};
            if (const auto got = ::recv(client, bytes.data(), bytes.size(), 0); got > 0) {
                const std::lock_guard lock{mutex_};
                heard_.append(bytes.data(), static_cast<std::size_t>(got));
            }
            ::close(client);
        }
    }

    Listener listener_;
    std::atomic<int> visits_{0};
    std::mutex mutex_;
    std::string heard_;
    std::thread thread_;
};

// Two authorities, and a server whose certificate can be another one.
class TlsServer {
public:
    TlsServer() {
        for (const auto* ca : {"ours", "theirs"}) {
            const auto command = "bash '" + (hcp::test::project_root() / "integration/certificates.sh").string() +
                                 "' '" + (folder_.path() / ca).string() + "'";
            if (std::system(command.c_str()) != 0) throw std::runtime_error{"certificates.sh"};
        }
        present("server");
        port_ = free_port();
        server_.emplace(std::vector{"--ssl-cert=" + (folder_.path() / "now.pem").string(),
                                    "--ssl-key=" + (folder_.path() / "now.key").string()},
                        port_);
        auto root = "user=root unix_socket=" + server_->socket();
        soci::session admin{soci::mysql, root + " db=mysql"};
        admin << "create database tls character set utf8mb4";
        admin << "create user visitor@'127.0.0.1' identified by 'S3cret·word'";
        admin << "grant all on tls.* to visitor@'127.0.0.1'";
    }
    void present(const std::string& certificate) {
        for (const auto* part : {".pem", ".key"})
            fs::copy_file(folder_.path() / "ours" / (certificate + part), folder_.path() / (std::string{"now"} + part),
                          fs::copy_options::overwrite_existing);
        if (!server_) return;
        soci::session admin{soci::mysql, "db=mysql user=root unix_socket=" + server_->socket()};
        admin << "flush ssl";
    }
    [[nodiscard]] fs::path ca(const char* whose) const { return folder_.path() / whose / "ca.pem"; }
    [[nodiscard]] int port() const { return port_; }

private:
    hcp::test::TempDirectory folder_{"hcp-tls-"};
    int port_ = 0;
    std::optional<hcp::test::MariaDb> server_;
};

StoreOptions options(int port, const fs::path& ca) {
    StoreOptions options;
    options.backend = ports::Backend::mysql;
    options.connection = [port, ca] {
        auto text = "db=tls host=127.0.0.1 port=" + std::to_string(port) + " user=visitor password='S3cret·word'";
        if (!ca.empty()) text += " sslca=" + ca.string();
        return text;
    };
    return options;
}

}  // namespace

SCENARIO("the CA is named by the parameter and by nothing that looks like it", "[store][server]") {
    CHECK(ca_of("db=x user=y sslca=/etc/ca.pem") == "/etc/ca.pem");
    CHECK(ca_of("sslca = '/etc/ca file.pem' db=x") == "/etc/ca file.pem");
    CHECK(ca_of(R"(password='a\' b' sslca=/etc/c\\a.pem)") == R"(/etc/c\a.pem)");
    for (const auto* none : {"", "db=x user=y", "db=x password='a sslca=b' user=y", R"(password='a\' sslca=b' user=y)",
                             "db=sslca=x sslcert=y", "password=a\\ sslca=b"})
        CHECK_FALSE(ca_of(none));
}

SCENARIO("a server without TLS hears neither user nor password when a CA is named", "[store][server]") {
    hcp::test::TempDirectory folder;
    const auto command = "bash '" + (hcp::test::project_root() / "integration/certificates.sh").string() + "' '" +
                         folder.path().string() + "'";
    REQUIRE(std::system(command.c_str()) == 0);
    ClearServer server;
    std::string why;
    CHECK(open_store(options(server.port(), folder.path() / "ca.pem"), &why).error() == ports::store_errc::unavailable);
    CHECK(why.find("没有启用 TLS") != std::string::npos);
    CHECK(server.visits() == 1);
    CHECK(server.heard().empty());
    THEN("it is the CA that makes the difference") {
        CHECK(open_store(options(server.port(), {}), &why).error() == ports::store_errc::unavailable);
        CHECK(server.visits() == 2);
        CHECK(server.heard().find("visitor") != std::string::npos);
    }
}

SCENARIO("TLS to the server that the CA vouches for by name, or nothing", "[store][server]") {
    TlsServer server;
    std::string why;
    const auto ours = options(server.port(), server.ca("ours"));
    {
        INFO(why);
        CHECK(must(migrate(ours, contract::monday, &why)) > 0);
        CHECK(open_store(ours, &why));
        soci::session session{soci::mysql, *ours.connection()};
        std::string name, cipher;
        session << "show status like 'Ssl_cipher'", soci::into(name), soci::into(cipher);
        CHECK_FALSE(cipher.empty());
    }
    const auto refused = [&](const StoreOptions& by, std::string_view reason) {
        CHECK(open_store(by, &why).error() == ports::store_errc::unavailable);
        INFO(why);
        CHECK(why.find(reason) != std::string::npos);
        CHECK(why.find("S3cret") == std::string::npos);
    };
    refused(options(server.port(), server.ca("theirs")), "不是 sslca 指定的 CA 签发的");
    refused(options(server.port(), server.ca("nowhere")), "nowhere/ca.pem 不存在");
    server.present("elsewhere");
    refused(ours, "没有连接串 host 所写的名称");
    server.present("expired");
    refused(ours, "证书已过期");
    server.present("server");
    CHECK(open_store(ours, &why));
}
