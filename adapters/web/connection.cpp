#include "adapters/web/connection.hpp"

#include "adapters/web/listener.hpp"
#include "adapters/web/request_head.hpp"
#include "adapters/web/response_text.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <array>
#include <iterator>

namespace hcp::web {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using beast::error_code;

namespace {

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::uint32_t max_header_bytes = 16 * 1024;
constexpr std::size_t read_ahead = 4096;
constexpr std::size_t max_discarded = std::size_t{4} * 1024 * 1024;

Method method_of(http::verb verb) {
    switch (verb) {
        case http::verb::get:
            return Method::get;
        case http::verb::head:
            return Method::head;
        case http::verb::post:
            return Method::post;
        case http::verb::put:
            return Method::put;
        case http::verb::delete_:
            return Method::remove;
        default:
            return Method::other;
    }
}

// The status with which an unreadable request is refused; 0 = nobody is there to read it. A request that took too long
// is closed by the stream's own timer.
int status_of(error_code fault) {
    if (fault == http::error::body_limit) return 413;
    if (fault == http::error::header_limit || fault == http::error::buffer_overflow) return 431;
    if (fault == http::error::end_of_stream || fault == http::error::partial_message) return 0;
    return fault.category() == make_error_code(http::error::bad_version).category() ? 400 : 0;
}

}  // namespace

// Everything but its construction and ring() runs on its strand.
class HttpConnection final : public Connection, public std::enable_shared_from_this<HttpConnection> {
public:
    using Socket = beast::basic_stream<tcp, Strand>;

    HttpConnection(std::shared_ptr<Listener> listener, Accepted accepted)
        : listener_{std::move(listener)},
          strand_{accepted.socket.get_executor()},
          timer_{strand_},
          peer_{std::move(accepted.peer)},
          id_{accepted.id},
          plain_{std::move(accepted.socket)} {}
    ~HttpConnection() override { listener_->forget(id_); }

    void start() override { asio::co_spawn(strand_, run(shared_from_this()), asio::detached); }
    void end(bool now) override {
        asio::post(strand_, [self = shared_from_this(), now] {
            self->ending_ = true;
            if (!now && !self->waits_) return;
            self->socket().close();
            self->timer_.cancel();
        });
    }

private:
    Socket& socket() { return secure_ ? secure_->next_layer() : *plain_; }

    // Keeps the connection alive for as long as the coroutine runs.
    static asio::awaitable<void> run(std::shared_ptr<HttpConnection> self) {
        if (self->listener_->tls_) {
            co_await self->serve_secure();
        } else {
            co_await self->serve(*self->plain_);
        }
        if (self->refused_early_) co_await self->linger();
    }

    // Whoever is refused while still sending must be able to read why: closing with unread bytes would reset the
    // connection first.
    asio::awaitable<void> linger() {
        error_code gone;
        socket().socket().shutdown(tcp::socket::shutdown_send, gone);
        std::array<char, read_ahead> discarded{};
        std::size_t left = max_discarded;
        socket().expires_after(std::chrono::seconds{2});
        while (!gone && left > 0) {
            const auto [fault, count] = co_await socket().async_read_some(asio::buffer(discarded), as_result);
            gone = fault;
            left -= std::min(left, count);
        }
    }

    // TLS takes some 80 KiB a connection: they are not spent on whoever says nothing.
    asio::awaitable<void> serve_secure() {
        limit_handshake();
        const auto [silent] = co_await plain_->socket().async_wait(tcp::socket::wait_read, as_result);
        if (silent) co_return;
        secure_.emplace(std::move(*plain_), *listener_->tls_);
        plain_.reset();
        const auto [failed] = co_await secure_->async_handshake(asio::ssl::stream_base::server, as_result);
        has_shaken_hands_ = true;
        timer_.cancel();
        if (failed || ending_) co_return;
        listener_->becomes(id_, Occupancy::Doing::idle);
        co_await serve(*secure_);
        if (refused_early_ || !socket().socket().is_open()) co_return;
        socket().expires_after(std::chrono::seconds{2});
        co_await secure_->async_shutdown(as_result);
    }

    void limit_handshake() {
        timer_.expires_after(listener_->options_.handshake_timeout);
        timer_.async_wait([weak = weak_from_this()](error_code cancelled) {
            const auto self = weak.lock();
            if (cancelled || !self || self->has_shaken_hands_) return;
            self->listener_->no_handshake();
            self->socket().close();
        });
    }

    template <class Stream>
    asio::awaitable<void> serve(Stream& stream) {
        while (!ending_) {
            if (buffer_.size() == 0) {
                socket().expires_after(listener_->options_.request_timeout);
                const auto [fault, count] = co_await stream.async_read_some(buffer_.prepare(read_ahead), as_result);
                if (fault) co_return;
                buffer_.commit(count);
            }
            become(Occupancy::Doing::request);
            if (!co_await exchange(stream)) co_return;
            if (buffer_.size() == 0) become(Occupancy::Doing::idle);
        }
    }

    void become(Occupancy::Doing doing) {
        waits_ = doing != Occupancy::Doing::request;
        listener_->becomes(id_, doing);
    }

    // Reads until a header is there. Then nothing, or the status with which it is refused; 0 = nobody is there any
    // more.
    template <class Stream>
    asio::awaitable<std::optional<int>> receive_head(Stream& stream) {
        for (std::size_t from = 0;;) {
            const std::string_view received{static_cast<const char*>(buffer_.data().data()), buffer_.size()};
            const auto search = find_head_end(received, from);
            if (search.found == HeadSearch::Found::garbage) co_return 400;
            if (std::min(search.at, received.size()) > max_header_bytes) co_return 431;
            if (search.found == HeadSearch::Found::end) co_return flaw_of_head(received.substr(0, search.at));
            from = search.at;
            const auto [fault, count] = co_await stream.async_read_some(buffer_.prepare(read_ahead), as_result);
            if (fault) co_return 0;
            buffer_.commit(count);
        }
    }

    // One request and its answer; false when the connection ends with it. From its first byte to its last it has one
    // time limit, so that nobody can hold a connection by dripping.
    template <class Stream>
    asio::awaitable<bool> exchange(Stream& stream) {
        http::request_parser<http::string_body> parser;
        parser.header_limit(max_header_bytes);
        parser.body_limit(listener_->options_.max_body_bytes);
        // Both are legal and nobody sends them; readers differ in what they make of them.
        auto no_extensions = [](std::uint64_t, beast::string_view extensions, error_code& fault) {
            if (!extensions.empty()) fault = http::error::bad_chunk_extension;
        };
        parser.on_chunk_header(no_extensions);
        const auto fields = [&] { return std::distance(parser.get().begin(), parser.get().end()); };
        socket().expires_after(listener_->options_.request_timeout);
        const Request unread;
        if (const auto flaw = co_await receive_head(stream)) co_return co_await refuse(stream, unread, *flaw);
        const auto [header_fault, header_count] = co_await http::async_read_header(stream, buffer_, parser, as_result);
        const auto received_at = listener_->clock_.now();  // E3: before any queue
        auto request = read_head(parser, received_at);
        if (header_fault) co_return co_await refuse(stream, *request, status_of(header_fault));
        const auto version = parser.get().version();
        const auto header_fields = fields();

        if (auto refusal = listener_->site_->admit(*request)) {
            refused_early_ = !parser.is_done();
            const bool keep = !refused_early_ && refusal->status != 400 && parser.keep_alive() && !ending_;
            co_return co_await write(stream, version, keep, *std::move(refusal), request->method == Method::head);
        }
        if (version == 11 && !parser.get()[http::field::expect].empty()) {
            http::response<http::empty_body> go_on{http::status::continue_, version};
            co_await http::async_write(stream, go_on, as_result);
        }
        const auto [body_fault, body_count] = co_await http::async_read(stream, buffer_, parser, as_result);
        if (body_fault) co_return co_await refuse(stream, *request, status_of(body_fault));
        if (fields() != header_fields) co_return co_await refuse(stream, *request, 400);  // trailers
        request->body = std::move(parser.get().body());
        auto response = co_await ask(request);
        const bool keep = parser.keep_alive() && !ending_;
        co_return co_await write(stream, version, keep, std::move(response), request->method == Method::head);
    }

    template <class Parser>
    std::shared_ptr<Request> read_head(const Parser& parser, domain::Instant received_at) {
        auto request = std::make_shared<Request>();
        const auto& head = parser.get();
        const auto field = [&](auto name) {
            const auto value = head[name];
            return std::string{value.data(), value.size()};
        };
        // A proxy may add a line of its own behind what the client sent.
        const auto all_of = [&](std::string_view name) {
            std::string values;
            const auto lines = head.equal_range(name);
            for (auto line = lines.first; line != lines.second; ++line)
                values += (values.empty() ? "" : ", ") + std::string{line->value().data(), line->value().size()};
            return values;
        };
        request->method = method_of(head.method());
        const auto target = read_target({head.target().data(), head.target().size()});
        request->path = target.path;
        request->query = target.query;
        request->host = field(http::field::host);
        request->origin = field(http::field::origin);
        request->fetch_site = field("Sec-Fetch-Site");
        request->cookie = field(http::field::cookie);
        request->content_type = field(http::field::content_type);
        request->accept_encoding = all_of("Accept-Encoding");
        request->address = listener_->options_.proxies.client(peer_, all_of("X-Forwarded-For"));
        request->received_at = received_at;
        return request;
    }

    // Asks the site and waits for its answer, at most the time limit.
    asio::awaitable<Response> ask(std::shared_ptr<const Request> request) {
        auto& waiting = listener_->waiting_;
        if (waiting.fetch_add(1) >= listener_->options_.max_waiting) {
            waiting.fetch_sub(1);
            co_return listener_->site_->failure(503, *request);
        }
        awaited_ = ++asked_;
        answer_.reset();
        timer_.expires_after(listener_->options_.request_timeout);
        Reply reply = [bell = listener_->bell_, weak = weak_from_this(), number = awaited_](Response response) {
            const run::Lock lock{bell->mutex};
            if (!bell->open) return;
            if (const auto self = weak.lock()) self->ring(number, std::move(response));
        };
        bool failed = false;
        try {
            listener_->site_->handle(request, std::move(reply));
        } catch (const std::exception& fault) {
            listener_->log_.often(ports::LogLevel::error, "页面处理出错", fault.what());
            failed = true;
        }
        if (!failed && !answer_) co_await timer_.async_wait(as_result);
        awaited_ = 0;
        waiting.fetch_sub(1);
        if (answer_) co_return *std::move(answer_);
        co_return listener_->site_->failure(failed ? 500 : 503, *request);
    }

    void ring(std::uint64_t number, Response response) {
        if (strand_.running_in_this_thread()) return take(number, std::move(response));
        asio::post(strand_, [self = shared_from_this(), number, response = std::move(response)]() mutable {
            self->take(number, std::move(response));
        });
    }
    void take(std::uint64_t number, Response response) {
        if (number != awaited_ || answer_) return;  // too late, or twice
        answer_ = std::move(response);
        timer_.cancel();
    }

    template <class Stream>
    asio::awaitable<bool> refuse(Stream& stream, const Request& request, int status) {
        refused_early_ = status != 0;
        return write(stream, 11, false, status == 0 ? Response{0, {}, {}} : listener_->site_->failure(status, request),
                     request.method == Method::head);
    }

    template <class Stream>
    asio::awaitable<bool> write(Stream& stream, unsigned version, bool keep, Response response, bool head_only) {
        if (response.status == 0) co_return false;  // nobody is there to read one
        listener_->site_->answered(response);
        const auto out = response_text(response, http::obsolete_reason(static_cast<http::status>(response.status)),
                                       ports::SystemClock{}.now(), {version % 10, keep, head_only});
        socket().expires_after(listener_->options_.request_timeout);
        const auto [fault, count] = co_await asio::async_write(stream, asio::buffer(out), as_result);
        co_return !fault && keep;
    }

    std::shared_ptr<Listener> listener_;
    Strand strand_;
    asio::steady_timer timer_;
    std::string peer_;
    const Occupancy::Id id_;
    std::optional<Socket> plain_;                      // until TLS begins
    std::optional<beast::ssl_stream<Socket>> secure_;  // from then on
    beast::flat_buffer buffer_{max_header_bytes + read_ahead};
    bool waits_ = true, has_shaken_hands_ = false, ending_ = false, refused_early_ = false;
    std::uint64_t asked_ = 0, awaited_ = 0;
    std::optional<Response> answer_;
};

std::shared_ptr<Connection> make_connection(std::shared_ptr<Listener> listener, Accepted accepted) {
    return std::make_shared<HttpConnection>(std::move(listener), std::move(accepted));
}

}  // namespace hcp::web
