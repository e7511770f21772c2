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

#include <malloc.h>

#include <cerrno>

namespace hcp::web {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr auto by_value = asio::as_tuple(asio::use_awaitable);
constexpr int most_at_once = 64;  // others have their turn in between

// The allocator keeps what a crowd needed, 100 MiB of 2000 connections, for as long as something small lies behind it.
// Looking through all that is free takes some 30 ms after such a crowd.
void give_memory_back() {
    ::malloc_trim(0);
}

}  // namespace

struct Listener::Accepting {
    Strand strand;
    tcp::acceptor acceptor;
    tcp protocol = tcp::v4();  // of what it accepts
    explicit Accepting(asio::io_context& io) : strand{asio::make_strand(io)}, acceptor{strand} {}

    static asio::awaitable<void> run(std::shared_ptr<Listener> self) {
        auto& acceptor = self->accepting_->acceptor;
        while (acceptor.is_open()) {
            const auto [fault] = co_await acceptor.async_wait(tcp::acceptor::wait_read, by_value);
            if (fault || !acceptor.is_open()) co_return;
            if (!take_those_who_wait(self)) {  // out of descriptors: somebody idle gives his, and has a moment for it
                self->no_descriptors();
                asio::steady_timer pause{self->accepting_->strand, std::chrono::milliseconds{50}};
                co_await pause.async_wait(by_value);
            }
        }
    }

    // One at a time would be one for each turn of the io context, and a person would wait behind a crowd's handshakes
    // before his own may begin. False when the process may open no more files.
    static bool take_those_who_wait(const std::shared_ptr<Listener>& self) {
        for (int taken = 0; taken < most_at_once; ++taken) {
            const int accepted = run::accept_stream_socket(self->accepting_->acceptor.native_handle());
            // Without a file to spare accept says so even when nobody waits: only of the first is it known that he
            // does.
            if (accepted < 0) return taken > 0 || errno == EAGAIN || errno == ECONNABORTED || errno == EINTR;
            try {
                take(self, accepted);
            } catch (const std::exception& fault) {  // want of memory for one must not end the accepting of others
                self->log_.often(ports::LogLevel::error, "不能接受连接", fault.what());
            }
        }
        return true;
    }

    static void take(const std::shared_ptr<Listener>& self, int accepted) {
        Accepted one{decltype(Accepted::socket){asio::make_strand(self->io_)}, {}, {}};
        error_code gone;
        one.socket.assign(self->accepting_->protocol, accepted, gone);
        one.peer = one.socket.remote_endpoint(gone).address().to_string();
        if (gone) return;
        const bool is_proxy = self->options_.proxies.trusts(one.peer);
        const auto place = self->admit(is_proxy ? std::string{} : address_group(one.peer));
        if (!place) return;
        try {
            one.id = *place;
            one.socket.set_option(tcp::no_delay{true}, gone);
            const auto connection = make_connection(self, std::move(one));
            if (self->keep(*place, connection)) connection->start();
        } catch (...) {
            self->forget(*place);
            throw;
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
      accepting_{std::make_unique<Accepting>(io)},
      occupancy_{options_.max_connections} {
    figures_.limit = static_cast<std::int64_t>(options_.max_connections);
}

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

std::optional<Occupancy::Id> Listener::admit(const std::string& group) {
    std::shared_ptr<Connection> evicted;
    std::optional<Occupancy::Id> place;
    {
        const run::Lock lock{mutex_};
        if (closing_) return std::nullopt;
        const auto arrival = occupancy_.arrive(group, tls_ ? Doing::handshake : Doing::idle);
        if (arrival.refusal == Occupancy::Refusal::none) place = arrival.id;
        figures_.refused_full += arrival.refusal == Occupancy::Refusal::full ? 1 : 0;
        figures_.refused_share += arrival.refusal == Occupancy::Refusal::share ? 1 : 0;
        figures_.evicted += arrival.evicted ? 1 : 0;
        evicted = find(arrival.evicted);
        tell();
    }
    if (evicted) evicted->end(false);
    return place;
}

bool Listener::keep(Occupancy::Id id, const std::shared_ptr<Connection>& connection) {
    const run::Lock lock{mutex_};
    if (closing_) return false;
    connections_.emplace(id, connection);
    ebb_.rises_to(connections_.size());
    return true;
}

void Listener::becomes(Occupancy::Id id, Doing doing) {
    const run::Lock lock{mutex_};
    occupancy_.becomes(id, doing);
    tell();
}

void Listener::no_handshake() {
    const run::Lock lock{mutex_};
    ++figures_.handshake_timeouts;
    tell();
}

void Listener::no_descriptors() {
    std::shared_ptr<Connection> evicted;
    {
        const run::Lock lock{mutex_};
        ++figures_.refused_descriptors;
        evicted = find(occupancy_.evict());
        figures_.evicted += evicted ? 1 : 0;
        tell();
    }
    if (evicted) evicted->end(false);
}

void Listener::forget(Occupancy::Id id) {
    const run::Lock lock{mutex_};
    occupancy_.leaves(id);
    tell();
    if (connections_.erase(id) == 0) return;
    if (connections_.empty()) drained_.notify_all();
    if (!closing_ && ebb_.comes_with(connections_.size())) asio::post(io_, give_memory_back);
}

std::shared_ptr<Connection> Listener::find(std::optional<Occupancy::Id> id) {
    const auto found = id ? connections_.find(*id) : connections_.end();
    return found == connections_.end() ? nullptr : found->second.lock();
}

Listener::Living Listener::living() {
    Living living;
    const run::Lock lock{mutex_};
    for (const auto& [id, weak] : connections_)
        if (auto connection = weak.lock()) living.push_back(std::move(connection));
    return living;
}

void Listener::tell() {
    const auto count = [&](Doing doing)
                           HCP_REQUIRES(mutex_) { return static_cast<std::int64_t>(occupancy_.doing(doing)); };
    figures_.handshaking = count(Doing::handshake);
    figures_.idle = count(Doing::idle);
    figures_.busy = count(Doing::request);
    options_.on_figures(figures_);
}

void Listener::close() {
    asio::post(accepting_->strand, [self = shared_from_this()] {
        error_code ignored;
        self->accepting_->acceptor.close(ignored);
    });
    {
        const run::Lock lock{mutex_};
        closing_ = true;
    }
    for (const auto& connection : living()) connection->end(false);
}

void Listener::abort() {
    for (const auto& connection : living()) connection->end(true);
}

bool Listener::drained_within(std::chrono::milliseconds limit) {
    const run::Lock lock{mutex_};
    return drained_.wait_for(mutex_, limit, [this]() HCP_REQUIRES(mutex_) { return connections_.empty(); });
}

}  // namespace hcp::web
