#include "adapters/web/listener.hpp"

#include "adapters/web/connection.hpp"
#include "plugin/run/socket.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <cerrno>

namespace hcp::web {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

}  // namespace

struct Listener::Accepting {
    Strand strand;
    tcp::acceptor acceptor;
    tcp protocol = tcp::v4();  // of what it accepts
    explicit Accepting(asio::io_context& io) : strand{asio::make_strand(io)}, acceptor{strand} {}

    static asio::awaitable<void> run(std::shared_ptr<Listener> self) {
        auto& acceptor = self->accepting_->acceptor;
        while (acceptor.is_open()) {
            const auto [fault] = co_await acceptor.async_wait(tcp::acceptor::wait_read, as_result);
            if (fault || !acceptor.is_open()) co_return;
            const int accepted = run::accept_stream_socket(acceptor.native_handle());
            if (accepted < 0 && (errno == EAGAIN || errno == ECONNABORTED || errno == EINTR)) continue;
            if (accepted < 0) {  // out of descriptors: give the connections a moment to end
                asio::steady_timer pause{self->accepting_->strand, std::chrono::milliseconds{50}};
                co_await pause.async_wait(as_result);
                continue;
            }
            Accepted one{decltype(Accepted::socket){asio::make_strand(self->io_)}, {}, {}};
            error_code gone;
            one.socket.assign(self->accepting_->protocol, accepted, gone);
            one.peer = one.socket.remote_endpoint(gone).address().to_string();
            if (gone) continue;
            one.socket.set_option(tcp::no_delay{true}, gone);
            if (!self->options_.proxies.trusts(one.peer)) one.group = address_group(one.peer);
            const auto group = one.group;
            const auto connection = make_connection(self, std::move(one));
            if (self->admit(connection, group)) connection->start();
        }
    }
};

Listener::Listener(asio::io_context& io, std::shared_ptr<Doorbell> bell, std::shared_ptr<asio::ssl::context> tls,
                   std::shared_ptr<Site> site, const ports::Clock& clock, ports::Log& log, ListenerOptions options)
    : io_{io},
      bell_{std::move(bell)},
      tls_{std::move(tls)},
      site_{std::move(site)},
      clock_{clock},
      log_{log},
      options_{std::move(options)},
      accepting_{std::make_unique<Accepting>(io)} {}

Listener::~Listener() = default;

ports::result<std::uint16_t> Listener::open() {
    error_code fault;
    tcp::resolver resolver{io_};
    const auto found =
        resolver.resolve(options_.listen.host, std::to_string(options_.listen.port), tcp::resolver::passive, fault);
    if (fault) return fault;
    const auto endpoint = found.begin()->endpoint();
    auto& acceptor = accepting_->acceptor;
    const int made = run::open_stream_socket(endpoint.protocol().family());
    if (made < 0) return error_code{errno, boost::system::system_category()};
    acceptor.assign(accepting_->protocol = endpoint.protocol(), made, fault);
    if (fault) return fault;
    acceptor.non_blocking(true, fault);  // whoever left before the accept must not be waited for
    acceptor.set_option(tcp::acceptor::reuse_address{true}, fault);
    if (acceptor.bind(endpoint, fault); fault) return fault;
    if (acceptor.listen(asio::socket_base::max_listen_connections, fault); fault) return fault;
    const auto port = acceptor.local_endpoint(fault).port();
    if (fault) return fault;
    asio::co_spawn(accepting_->strand, Accepting::run(shared_from_this()), asio::detached);
    return port;
}

bool Listener::admit(const std::shared_ptr<Connection>& connection, const std::string& group) {
    const run::Lock lock{mutex_};
    auto& of_group = of_group_[group];
    ++of_group;
    connections_.emplace(connection.get(), connection);
    if (closing_ || connections_.size() > options_.max_connections) return false;
    return group.empty() || options_.listen.is_loopback() ||
           of_group <= std::max<std::size_t>(options_.max_connections / 4, 8);
}

void Listener::forget(Connection* connection, const std::string& group) {
    const run::Lock lock{mutex_};
    if (connections_.erase(connection) == 0) return;
    if (const auto found = of_group_.find(group); --found->second == 0) of_group_.erase(found);
    if (connections_.empty()) drained_.notify_all();
}

void Listener::close() {
    asio::post(accepting_->strand, [self = shared_from_this()] {
        error_code ignored;
        self->accepting_->acceptor.close(ignored);
    });
    std::vector<std::shared_ptr<Connection>> living;
    {
        const run::Lock lock{mutex_};
        closing_ = true;
        for (const auto& [key, weak] : connections_)
            if (auto connection = weak.lock()) living.push_back(std::move(connection));
    }
    for (const auto& connection : living) connection->end(false);
}

void Listener::abort() {
    std::vector<std::shared_ptr<Connection>> living;
    {
        const run::Lock lock{mutex_};
        for (const auto& [key, weak] : connections_)
            if (auto connection = weak.lock()) living.push_back(std::move(connection));
    }
    for (const auto& connection : living) connection->end(true);
}

bool Listener::drained_within(std::chrono::milliseconds limit) {
    const run::Lock lock{mutex_};
    return drained_.wait_for(mutex_, limit, [this]() HCP_REQUIRES(mutex_) { return connections_.empty(); });
}

}  // namespace hcp::web
