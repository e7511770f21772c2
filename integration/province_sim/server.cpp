#include "integration/province_sim/server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <netinet/tcp.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <iostream>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <vector>

namespace province_sim {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace ssl = asio::ssl;
using asio::ip::tcp;
using std::chrono::milliseconds;

constexpr std::chrono::seconds handshake_limit{10};
constexpr std::chrono::seconds idle_limit{300};
constexpr milliseconds departure_check{5};
constexpr std::uint64_t longest_body = 1U << 20U;
constexpr auto by_value = asio::as_tuple(asio::use_awaitable);

std::shared_ptr<ssl::context> tls_context(const Certificate& certificate) {
    auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
    SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
    context->use_certificate_chain_file(certificate.chain.string());
    context->use_private_key_file(certificate.key.string(), ssl::context::pem);
    return context;
}

// A connection, as those see it who want to close it. Touched on its own strand only.
struct Peer {
    asio::strand<asio::io_context::executor_type> strand;
    beast::tcp_stream* stream = nullptr;  // null once the connection is over
    bool idle = false;
    bool last = false;  // close after the request under way
};

bool peer_left(tcp::socket& socket) {
    tcp_info info{};
    socklen_t size = sizeof info;
    return ::getsockopt(socket.native_handle(), IPPROTO_TCP, TCP_INFO, &info, &size) != 0 ||
           info.tcpi_state != TCP_ESTABLISHED;
}

// false when the client went away meanwhile: then nobody waits for the answer any more.
asio::awaitable<bool> wait(tcp::socket& socket, milliseconds delay) {
    asio::steady_timer timer{socket.get_executor()};
    const auto until = std::chrono::steady_clock::now() + delay;
    while (std::chrono::steady_clock::now() < until) {
        if (peer_left(socket)) co_return false;
        timer.expires_at(std::min(until, std::chrono::steady_clock::now() + departure_check));
        co_await timer.async_wait(by_value);
    }
    co_return true;
}

http::response<http::string_body> response_of(Answer& answer, const http::request<http::string_body>& request) {
    http::response<http::string_body> response{static_cast<http::status>(answer.status), request.version()};
    response.set(http::field::content_type, answer.content_type);
    if (!answer.content_encoding.empty()) response.set(http::field::content_encoding, answer.content_encoding);
    if (!answer.date.empty()) response.set(http::field::date, answer.date);
    if (answer.retry_after_s) response.set(http::field::retry_after, std::to_string(*answer.retry_after_s));
    response.body() = std::move(answer.body);
    return response;
}

Request request_of(http::request<http::string_body>& message, unsigned number) {
    Request request;
    request.number = number;
    request.method = std::string{message.method_string()};
    request.path = std::string{message.target()};
    request.content_type = std::string{message[http::field::content_type]};
    request.tenancy = std::string{message["C-Tenancy-Id"]};
    request.body = std::move(message.body());
    return request;
}

Answer handled(const Server::Handler& handler, const Request& request) {
    try {
        return handler(request);
    } catch (const std::exception& failure) {
        std::cerr << "province_sim: " << failure.what() << '\n';
        Answer answer;
        answer.status = 500;
        answer.content_type = "text/plain";
        return answer;
    }
}

// Returns when the connection is to be closed; true if in good order.
template <class Stream>
asio::awaitable<bool> converse(Stream& stream, beast::tcp_stream& transport, Peer& peer, const Server::Handler& handler,
                               const Server::Refuse& refuse) {
    beast::flat_buffer buffer;
    for (unsigned number = 1;; ++number) {
        http::request_parser<http::string_body> parser;
        parser.body_limit(longest_body);
        transport.expires_after(idle_limit);
        peer.idle = true;
        const auto [read_error, read] = co_await http::async_read(stream, buffer, parser, by_value);
        peer.idle = false;
        if (read_error) co_return read_error == http::error::end_of_stream;
        if (refuse && refuse()) co_return false;

        auto message = parser.release();
        auto answer = handled(handler, request_of(message, number));
        transport.expires_never();
        if (answer.delay > milliseconds{0} && !co_await wait(transport.socket(), answer.delay)) co_return false;
        answer.in_flight.reset();
        if (answer.cut) co_return false;

        auto response = response_of(answer, message);
        response.keep_alive(message.keep_alive() && !peer.last);
        response.prepare_payload();
        transport.expires_after(idle_limit);
        const auto [write_error, written] = co_await http::async_write(stream, response, by_value);
        if (write_error) co_return false;
        if (!response.keep_alive()) co_return true;
    }
}

}  // namespace

struct Server::Impl {
    Impl(const Options& given, Handler platform_handler, Handler control_handler, Refuse refuse_connection)
        : options{given},
          platform{std::move(platform_handler)},
          control{std::move(control_handler)},
          refuse{std::move(refuse_connection)},
          io{given.threads},
          platform_acceptor{io, tcp::endpoint{asio::ip::address_v4::loopback(), given.port}},
          control_acceptor{io, tcp::endpoint{asio::ip::address_v4::loopback(), given.control_port}},
          signals{io, SIGTERM, SIGINT},
          parent{io} {
        if (given.certificate) context = tls_context(*given.certificate);
    }

    std::shared_ptr<ssl::context> current_context() {
        const std::lock_guard lock{mutex};
        return context;
    }

    // For as long as it lives the connection can be reached by each_peer().
    struct Registration {
        Registration(Impl& owner, std::shared_ptr<Peer> of) : impl{owner}, peer{std::move(of)} {
            const std::lock_guard lock{impl.mutex};
            impl.peers.insert(peer);
        }
        ~Registration() {
            peer->stream = nullptr;
            const std::lock_guard lock{impl.mutex};
            impl.peers.erase(peer);
        }
        Registration(const Registration&) = delete;
        Registration& operator=(const Registration&) = delete;

        Impl& impl;
        std::shared_ptr<Peer> peer;
    };

    asio::awaitable<void> serve_plain(beast::tcp_stream stream, Peer& peer, const Handler& handler,
                                      const Refuse& may_refuse) {
        peer.stream = &stream;
        co_await converse(stream, stream, peer, handler, may_refuse);
        beast::error_code ignored;
        stream.socket().shutdown(tcp::socket::shutdown_both, ignored);
    }

    asio::awaitable<void> serve_tls(beast::tcp_stream transport, std::shared_ptr<ssl::context> tls, Peer& peer) {
        beast::ssl_stream<beast::tcp_stream> stream{std::move(transport), *tls};
        auto& below = beast::get_lowest_layer(stream);
        peer.stream = &below;
        below.expires_after(handshake_limit);
        const auto [handshake_error] = co_await stream.async_handshake(ssl::stream_base::server, by_value);
        if (!handshake_error && co_await converse(stream, below, peer, platform, refuse)) {
            below.expires_after(handshake_limit);
            co_await stream.async_shutdown(by_value);
        }
    }

    asio::awaitable<void> serve(tcp::socket socket, std::shared_ptr<Peer> peer, bool is_control) {
        socket.set_option(tcp::no_delay{true});
        beast::tcp_stream stream{std::move(socket)};
        if (is_control) {
            co_await serve_plain(std::move(stream), *peer, control, never);
            co_return;
        }
        const Registration registration{*this, peer};
        if (auto tls = current_context())
            co_await serve_tls(std::move(stream), std::move(tls), *peer);
        else
            co_await serve_plain(std::move(stream), *peer, platform, refuse);
    }

    asio::awaitable<void> accept(tcp::acceptor& acceptor, bool is_control) {
        for (;;) {
            auto strand = asio::make_strand(io);
            auto [error, socket] = co_await acceptor.async_accept(strand, by_value);
            if (error == asio::error::operation_aborted) co_return;
            if (error) {
                // Out of descriptors, most likely: give the open connections a chance to end.
                asio::steady_timer pause{io, milliseconds{50}};
                co_await pause.async_wait(by_value);
                continue;
            }
            if (!is_control && refuse && refuse()) continue;
            auto peer = std::make_shared<Peer>(Peer{strand});
            asio::co_spawn(strand, serve(std::move(socket), std::move(peer), is_control), asio::detached);
        }
    }

    void watch_parent() {
        parent.async_read_some(asio::buffer(&from_parent, 1), [this](const beast::error_code& error, std::size_t) {
            if (error)
                io.stop();
            else
                watch_parent();
        });
    }

    void each_peer(const std::function<void(Peer&)>& act) {
        const std::lock_guard lock{mutex};
        for (const auto& peer : peers) asio::post(peer->strand, [peer, act] { act(*peer); });
    }

    Options options;
    Handler platform, control;
    Refuse refuse, never;
    std::mutex mutex;
    std::shared_ptr<ssl::context> context;
    std::set<std::shared_ptr<Peer>> peers;
    asio::io_context io;
    tcp::acceptor platform_acceptor, control_acceptor;
    asio::signal_set signals;
    asio::posix::stream_descriptor parent;
    char from_parent = 0;
};

Server::Server(const Options& options, Handler platform, Handler control, Refuse refuse)
    : impl_{std::make_unique<Impl>(options, std::move(platform), std::move(control), std::move(refuse))} {}

Server::~Server() = default;

std::uint16_t Server::port() const {
    return impl_->platform_acceptor.local_endpoint().port();
}
std::uint16_t Server::control_port() const {
    return impl_->control_acceptor.local_endpoint().port();
}

void Server::run() {
    auto& impl = *impl_;
    impl.signals.async_wait([&impl](const boost::system::error_code& error, int) {
        if (!error) impl.io.stop();
    });
    if (impl.options.exit_with_parent) {
        impl.parent.assign(::dup(STDIN_FILENO));
        impl.watch_parent();
    }
    asio::co_spawn(impl.io, impl.accept(impl.platform_acceptor, false), asio::detached);
    asio::co_spawn(impl.io, impl.accept(impl.control_acceptor, true), asio::detached);
    std::vector<std::jthread> helpers;
    for (int i = 1; i < impl.options.threads; ++i) helpers.emplace_back([&impl] { impl.io.run(); });
    impl.io.run();
}

void Server::use_certificate(const Certificate& certificate) {
    auto context = tls_context(certificate);
    {
        const std::lock_guard lock{impl_->mutex};
        impl_->context = std::move(context);
    }
    impl_->each_peer([](Peer& peer) { peer.last = true; });
    close_idle();
}

void Server::close_idle() {
    impl_->each_peer([](Peer& peer) {
        if (peer.stream != nullptr && peer.idle) peer.stream->cancel();
    });
}

}  // namespace province_sim
