#include "tests/support/commit_thief.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>

namespace hcp::test {
namespace {

using namespace std::string_view_literals;

// As clients send it, in one packet: ours, and the ODBC driver.
constexpr auto commit =
    "\x07\x00\x00\x00\x03"
    "commit"sv;
bool is_commit(std::string_view packet) {
    return std::equal(packet.begin(), packet.end(), commit.begin(), commit.end(), [](char said, char small) {
        return said == small || ('a' <= small && small <= 'z' && said == small - 'a' + 'A');
    });
}

sockaddr_un address(const std::string& path) {
    sockaddr_un at{};
    at.sun_family = AF_UNIX;
    path.copy(at.sun_path, sizeof at.sun_path - 1);
    return at;
}

bool pass_on(int to, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

}  // namespace

CommitThief::CommitThief(std::string server) : server_{std::move(server)} {
    listening_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto at = address(socket());
    if (::bind(listening_, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0 || ::listen(listening_, 64) != 0)
        throw std::runtime_error{"no socket " + socket()};
    acceptor_ = std::thread{[this] { accept_all(); }};
}

CommitThief::~CommitThief() {
    ::shutdown(listening_, SHUT_RDWR);
    acceptor_.join();
    {
        const run::Lock lock{mutex_};
        ends_ = true;
        for (const int fd : open_) ::shutdown(fd, SHUT_RDWR);
    }
    for (auto& one : carriers_) one.join();
    ::close(listening_);
}

void CommitThief::accept_all() {
    for (;;) {
        const int client = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0) return;
        {
            const run::Lock lock{mutex_};
            open_.push_back(client);
        }
        carriers_.emplace_back([this, client] { carry(client); });
    }
}

void CommitThief::carry(int client) {
    const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto at = address(server_);
    std::array<pollfd, 2> ends{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
    bool goes_on = ::connect(server, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0;
    while (goes_on && ::poll(ends.data(), ends.size(), -1) > 0) {
        for (std::size_t i = 0; goes_on && i < ends.size(); ++i) {
            if (ends[i].revents == 0) continue;
            std::array<char, 65536> bytes{};
            const auto got = ::recv(ends[i].fd, bytes.data(), bytes.size(), 0);
            goes_on = got > 0;
            if (!goes_on) break;
            const std::string_view said{bytes.data(), static_cast<std::size_t>(got)};
            auto takes = Takes::nothing;
            if (i == 0 && is_commit(said)) takes = takes_.exchange(Takes::nothing);
            if (takes != Takes::nothing) ++taken_;
            goes_on = takes != Takes::question && pass_on(ends[1 - i].fd, said);
            if (takes != Takes::answer) continue;
            // It is the server's when it has said so.
            (void)!::recv(server, bytes.data(), bytes.size(), 0);
            goes_on = false;
        }
    }
    ::close(server);
    const run::Lock lock{mutex_};
    if (!ends_) open_.erase(std::find(open_.begin(), open_.end(), client));
    ::close(client);
}

}  // namespace hcp::test
