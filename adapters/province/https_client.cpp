#include "adapters/province/https_client.hpp"

#include "adapters/province/roots.hpp"
#include "plugin/run/mutex.hpp"
#include "plugin/run/socket.hpp"
#include "plugin/run/thread.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/basic_resolver.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <deque>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>
#include <tuple>

namespace hcp::province {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace ssl = boost::asio::ssl;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

// One io_context, one thread: the concrete executor spares every operation a type-erased one.
using Executor = asio::io_context::executor_type;
template <class T>
using Task = asio::awaitable<T, Executor>;
using Tcp = beast::basic_stream<tcp, Executor>;
using Tls = ssl::stream<Tcp>;
using Timer = asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor>;

// Fails by value: every operation gives its error code first.
constexpr asio::as_tuple_t<asio::use_awaitable_t<Executor>> by_value{};

std::string text_of(error_code ec) {
    if (ec == beast::error::timeout) return "超时";
    if (ec == asio::error::connection_refused) return "连接被拒绝";
    if (ec == asio::error::connection_reset || ec == asio::error::broken_pipe) return "连接被对方中断";
    if (ec == asio::error::eof || ec == http::error::end_of_stream || ec == http::error::partial_message ||
        ec == ssl::error::stream_truncated)
        return "连接被对方关闭";
    if (ec == asio::error::host_not_found || ec == asio::error::host_not_found_try_again) return "域名无法解析";
    if (ec == asio::error::host_unreachable || ec == asio::error::network_unreachable) return "网络不通";
    if (ec == http::error::body_limit || ec == http::error::header_limit) return "答复过长";
    return std::string{"错误 "} + ec.category().name() + ":" + std::to_string(ec.value());
}

std::string why_untrusted(long verdict) {
    switch (verdict) {
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return "证书已过期";
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return "证书尚未生效";
        case X509_V_ERR_HOSTNAME_MISMATCH:
        case X509_V_ERR_IP_ADDRESS_MISMATCH:
            return "证书与主机名不符";
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
        case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
            return "证书不是由所配置的 CA 签发，或对方没有送出中间证书；请核对 ca_file，或请对方补齐证书链";
        case X509_V_ERR_CERT_SIGNATURE_FAILURE:
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
            return "证书不是由所配置的 CA 签发";
        case X509_V_ERR_EE_KEY_TOO_SMALL:
        case X509_V_ERR_CA_KEY_TOO_SMALL:
        case X509_V_ERR_CA_MD_TOO_WEAK:
            return "证书的密钥或签名算法过弱";
        default:
            return "证书校验未通过（" + std::to_string(verdict) + "）";
    }
}

// Without a verdict on its certificate.
std::string why_no_handshake(error_code ec) {
    if (ec.category() != asio::error::get_ssl_category()) return text_of(ec);
    switch (ERR_GET_REASON(static_cast<unsigned long>(ec.value()))) {
        case SSL_R_WRONG_VERSION_NUMBER:
        case SSL_R_HTTP_REQUEST:
        case SSL_R_PACKET_LENGTH_TOO_LONG:
            return "对方没有使用 TLS（可能是明文 HTTP 端口）；请核对 base_url 的端口";
        case SSL_R_UNSUPPORTED_PROTOCOL:
        case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
        case SSL_R_VERSION_TOO_LOW:
            return "对方只支持 TLS 1.2 以下的旧版本，不能使用；请对方启用 TLS 1.2 或以上";
        case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
        case SSL_R_NO_SHARED_CIPHER:
            return "与对方没有共同的加密算法（可能只支持旧算法或国密 TLS）";
        default:
            return "错误 ssl:" + std::to_string(ec.value());
    }
}

bool is_closed_by_peer(error_code ec) {
    return ec == asio::error::eof || ec == asio::error::connection_reset || ec == asio::error::broken_pipe ||
           ec == http::error::end_of_stream || ec == ssl::error::stream_truncated;
}

std::string on_the_wire(const ports::Url& base, const HttpRequest& request) {
    const auto plain = [](std::string_view text) {  // neither a second header nor bytes that servers refuse
        std::string out{text};
        std::replace_if(
            out.begin(), out.end(), [](char c) { return c < 0x20 || c == 0x7F; }, '?');
        return out;
    };
    const bool v6 = base.host.find(':') != std::string::npos;
    const bool usual_port = base.port == (base.is_https() ? 443 : 80);
    std::string out;
    out.reserve(request.body.size() + 512);
    out += plain(request.method) + " " + plain(base.path + request.path) +
           " HTTP/1.1\r\nHost: " + (v6 ? "[" + base.host + "]" : base.host);
    if (!usual_port) out += ":" + std::to_string(base.port);
    out += "\r\nUser-Agent: haochaping\r\nAccept: application/json\r\nAccept-Encoding: identity\r\n";
    for (const auto& [name, value] : request.headers) out += plain(name) + ": " + plain(value) + "\r\n";
    if (request.method != "GET") out += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
    return out += "\r\n" + request.body;
}

HttpOutcome failure(Progress progress, std::string why) {
    return {std::nullopt, progress, std::move(why)};
}

constexpr std::string_view stopping_text = "程序正在停止";

}  // namespace

class HttpsClient::Impl {
public:
    explicit Impl(HttpsOptions options) : options_{std::move(options)} {
        if (options_.base.is_https())
            trust_roots();
        else if (!options_.base.is_loopback())
            throw std::runtime_error(options_.peer + "地址必须是 https；http 只允许指向本机");
        error_code ec;
        const auto address = asio::ip::make_address(options_.base.host, ec);
        numeric_ = !ec;
        if (numeric_) addresses_ = {{address, options_.base.port}};

        for (std::size_t i = 0; i < std::max<std::size_t>(options_.connections, 1); ++i) workers_.emplace_back(io_);
        for (auto& worker : workers_) asio::co_spawn(io_, serve(worker), [](const std::exception_ptr&) {});
        thread_ = run::start_thread([this] { io_.run(); });
    }

    ~Impl() { stop(); }

    void send(const HttpRequest& request, std::function<void(HttpOutcome)> done) {
        auto wire = on_the_wire(options_.base, request);
        auto job = std::make_unique<Job>(std::move(wire), request, Clock::now() + options_.total, std::move(done));
        {
            const run::Lock lock{mutex_};
            if (!stopped_) {
                asio::post(io_, [this, job = std::move(job)]() mutable { take(std::move(job)); });
                return;
            }
        }
        finish(*job, failure(Progress::not_sent, std::string{stopping_text}));
    }

    void stop() noexcept {
        std::call_once(stop_once_, [this] {
            {
                const run::Lock lock{mutex_};
                stopped_ = true;
            }
            asio::post(io_, [this] { halt(); });
            work_.reset();
            thread_.join();
        });
    }

private:
    struct Job {
        Job(std::string w, const HttpRequest& r, Clock::time_point d, std::function<void(HttpOutcome)> f)
            : wire{std::move(w)}, repeatable{r.repeatable}, leave_by{r.leave_by}, deadline{d}, done{std::move(f)} {}
        std::string wire;
        bool repeatable;
        Clock::time_point leave_by, deadline;
        std::function<void(HttpOutcome)> done;
    };

    // One connection, and the coroutine that owns it.
    struct Worker {
        explicit Worker(asio::io_context& io) : wake{io.get_executor()} {}
        Timer wake;  // a job, an address, the end of idling
        std::optional<Tcp> plain;
        std::optional<Tls> tls;
        beast::flat_buffer buffer;
        Clock::time_point deadline;  // of the job under way

        [[nodiscard]] bool open() const noexcept { return plain || tls; }
        [[nodiscard]] Tcp* lowest() noexcept { return tls ? &tls->next_layer() : plain ? &*plain : nullptr; }
        void close() noexcept {
            tls.reset();
            plain.reset();
            buffer.clear();
        }
        // The peer of a kept connection has nothing to say: anything readable is its farewell.
        [[nodiscard]] bool alive() noexcept {
            char byte;
            const auto n = ::recv(lowest()->socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
            return n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
        }
    };

    void trust_roots() {
        if (options_.ca_file.empty()) throw std::runtime_error("https 需要" + options_.peer + "的 CA 证书文件");
        if (trust(context_, options_.ca_file))
            throw std::runtime_error("无法读取 CA 证书文件：" + options_.ca_file.string());
        context_.set_verify_mode(ssl::verify_peer);
        SSL_CTX_set_min_proto_version(context_.native_handle(), TLS1_2_VERSION);
    }

    // --- on our thread ---

    static void finish(Job& job, HttpOutcome outcome) noexcept {
        try {
            job.done(std::move(outcome));
        } catch (...) {  // a callback that throws breaks its promise; the other exchanges must not pay for it
        }
    }

    void take(std::unique_ptr<Job> job) {
        if (halted_) return finish(*job, failure(Progress::not_sent, std::string{stopping_text}));
        jobs_.push_back(std::move(job));
        if (idle_.empty()) return;
        auto* worker = idle_.back();  // the one used last: the others may grow old and close
        idle_.pop_back();
        worker->wake.cancel();
    }

    void halt() {
        halted_ = true;
        resolver_.cancel();
        for (auto& worker : workers_) {
            worker.wake.cancel();
            // Not cancel(): an operation of several steps may be between two of them, and would begin the next.
            if (auto* stream = worker.lowest()) stream->close();
        }
        for (auto& job : std::exchange(jobs_, {}))
            finish(*job, failure(Progress::not_sent, std::string{stopping_text}));
    }

    // No step outlives its own limit, its job's deadline, or the client.
    [[nodiscard]] Clock::time_point limit(const Worker& w, Clock::duration step) const {
        const auto now = Clock::now();
        return halted_ ? now : std::min(now + step, w.deadline);
    }

    Task<void> serve(Worker& w) {
        while (!halted_) {
            if (jobs_.empty()) {
                co_await rest(w);
                continue;
            }
            const auto job = std::move(jobs_.front());
            jobs_.pop_front();
            w.deadline = job->deadline;
            HttpOutcome outcome;
            try {
                outcome = co_await exchange(w, *job);
            } catch (const std::exception&) {  // memory: nothing here throws otherwise
                w.close();
                outcome = failure(Progress::unknown, "程序内部错误");
            }
            finish(*job, std::move(outcome));
        }
        w.close();
    }

    Task<void> rest(Worker& w) {
        idle_.push_back(&w);
        w.wake.expires_at(w.open() ? Clock::now() + options_.idle : Clock::time_point::max());
        co_await w.wake.async_wait(by_value);
        if (std::erase(idle_, &w) > 0) w.close();  // nobody took it off: it idled too long, or we stop
    }

    struct Talk {
        HttpOutcome outcome;
        bool stale = false;  // the connection ended before any byte of a reply
    };

    Task<HttpOutcome> exchange(Worker& w, const Job& job) {
        for (bool second = false;; second = true) {
            if (Clock::now() >= job.deadline) co_return failure(Progress::not_sent, "等待空闲连接超时");
            if (w.open() && (!w.alive() || Clock::now() < distrusted_until_)) w.close();
            const bool kept = w.open();
            if (!kept) {
                const auto why = co_await connect(w);
                if (!why.empty()) {
                    w.close();
                    co_return failure(Progress::not_sent, halted_ ? std::string{stopping_text} : why);
                }
            }
            if (Clock::now() >= job.leave_by) co_return failure(Progress::not_sent, "等待发送的时间过长，未发送");
            Talk talked;
            if (w.tls)
                talked = co_await talk(w, *w.tls, job);
            else
                talked = co_await talk(w, *w.plain, job);
            if (kept && talked.stale) distrusted_until_ = Clock::now() + options_.distrust;
            const bool harmless = talked.outcome.progress == Progress::not_sent || job.repeatable;
            if (!(kept && talked.stale && harmless) || second || halted_) co_return std::move(talked.outcome);
        }
    }

    template <class Stream>
    Task<Talk> talk(Worker& w, Stream& stream, const Job& job) {
        auto& lowest = *w.lowest();
        lowest.expires_at(limit(w, options_.total));
        const auto [unsent, written] = co_await asio::async_write(stream, asio::buffer(job.wire), by_value);
        if (unsent) {
            // The last bytes never left, so the length that was announced did not arrive either.
            w.close();
            co_return Talk{failure(Progress::not_sent, why("发送请求失败：", unsent)), is_closed_by_peer(unsent)};
        }
        for (;;) {
            http::response_parser<http::string_body> parser;
            parser.body_limit(options_.max_reply_bytes);
            lowest.expires_at(limit(w, options_.total));
            auto [ec, got] = co_await http::async_read(stream, w.buffer, parser, by_value);
            // Old servers end a reply of unsaid length without TLS's farewell. A JSON text cut short does not parse.
            if (ec == ssl::error::stream_truncated && parser.is_header_done() && parser.need_eof()) parser.put_eof(ec);
            if (ec) {
                const bool stale = !parser.got_some() && is_closed_by_peer(ec);
                w.close();
                co_return Talk{failure(Progress::unknown, why("请求已发出，等待答复时", ec)), stale};
            }
            auto& reply = parser.get();
            if (reply.result_int() < 200) continue;  // 1xx: the answer is still to come
            HttpOutcome outcome;
            outcome.reply = HttpReply{reply.result_int(),
                                      std::string{reply[http::field::content_type]},
                                      std::string{reply[http::field::retry_after]},
                                      std::move(reply.body()),
                                      std::string{reply[http::field::content_encoding]},
                                      std::string{reply[http::field::date]}};
            if (!parser.keep_alive() || w.buffer.size() > 0) w.close();
            co_return Talk{std::move(outcome)};
        }
    }

    [[nodiscard]] std::string why(std::string_view what, error_code ec) const {
        return std::string{what} + (halted_ ? std::string{stopping_text} : text_of(ec));
    }

    // Empty when the worker's connection is open.
    Task<std::string> connect(Worker& w) {
        if (auto fault = co_await look_up(w); !fault.empty()) co_return fault;
        if (options_.base.is_https())
            w.tls.emplace(io_.get_executor(), context_);
        else
            w.plain.emplace(io_.get_executor());
        auto& stream = *w.lowest();
        stream.expires_at(limit(w, options_.connect));
        if (const auto refused = co_await reach(stream)) co_return why("连接" + options_.peer + "失败：", refused);
        error_code ignored;
        stream.socket().set_option(tcp::no_delay{true}, ignored);
        stream.socket().set_option(asio::socket_base::keep_alive{true}, ignored);
        if (!w.tls) co_return std::string{};

        expect_host(w.tls->native_handle());
        stream.expires_at(limit(w, options_.connect));
        const auto [ec] = co_await w.tls->async_handshake(ssl::stream_base::client, by_value);
        if (!ec) co_return std::string{};
        const auto verdict = SSL_get_verify_result(w.tls->native_handle());
        if (halted_) co_return std::string{stopping_text};
        co_return "TLS 握手失败：" + (verdict == X509_V_OK ? why_no_handshake(ec) : why_untrusted(verdict));
    }

    // Address after address, as Asio does; but a socket that Asio opens would be inherited by the host's children.
    Task<error_code> reach(Tcp& stream) {
        error_code refused = asio::error::host_not_found;
        const auto addresses = addresses_;  // a look-up may replace them meanwhile
        for (const auto& address : addresses) {
            error_code ignored;
            stream.socket().close(ignored);
            const int made = run::open_stream_socket(address.protocol().family());
            if (made < 0) co_return error_code{errno, boost::system::system_category()};
            stream.socket().assign(address.protocol(), made);
            const auto [ec] = co_await stream.async_connect(address, by_value);
            refused = ec;
            if (!ec || ec == beast::error::timeout || halted_) break;
        }
        co_return refused;
    }

    void expect_host(SSL* handle) const {
        const auto& host = options_.base.host;
        auto* expected = SSL_get0_param(handle);
        if (numeric_) {
            X509_VERIFY_PARAM_set1_ip_asc(expected, host.c_str());
            return;
        }
        // A name in the subject alone is none (RFC 6125; CA/Browser Forum since 2015).
        X509_VERIFY_PARAM_set_hostflags(expected,
                                        X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
        X509_VERIFY_PARAM_set1_host(expected, host.c_str(), host.size());
        SSL_ctrl(handle, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, const_cast<char*>(host.c_str()));
    }

    // getaddrinfo cannot be interrupted, so workers wait beside it and not in it.
    Task<std::string> look_up(Worker& w) {
        if (numeric_ || (!addresses_.empty() && Clock::now() < looked_up_ + options_.names_for))
            co_return std::string{};
        if (!looking_up_) {
            looking_up_ = true;
            resolver_.async_resolve(
                options_.base.host, std::to_string(options_.base.port),
                [this](error_code ec, const tcp::resolver::results_type& found) { found_names(ec, found); });
        }
        waiting_for_names_.push_back(&w);
        w.wake.expires_at(limit(w, options_.connect));
        co_await w.wake.async_wait(by_value);
        const bool timed_out = std::erase(waiting_for_names_, &w) > 0;
        if (!addresses_.empty()) co_return std::string{};
        co_return why("连接" + options_.peer + "失败：", timed_out ? error_code{beast::error::timeout} : lookup_error_);
    }

    template <class Results>
    void found_names(error_code ec, const Results& found) {
        looking_up_ = false;
        lookup_error_ = ec;
        if (!ec) {
            std::vector<tcp::endpoint> usable;
            for (const auto& entry : found)
                if (options_.base.is_https() || entry.endpoint().address().is_loopback())
                    usable.push_back(entry.endpoint());
            if (usable.empty()) lookup_error_ = asio::error::host_not_found;
            addresses_ = std::move(usable);
            looked_up_ = Clock::now();
        }
        for (auto* worker : std::exchange(waiting_for_names_, {})) worker->wake.cancel();
    }

    HttpsOptions options_;
    ssl::context context_ = client_context();
    asio::io_context io_{1};
    asio::executor_work_guard<Executor> work_{io_.get_executor()};
    asio::ip::basic_resolver<tcp, Executor> resolver_{io_.get_executor()};

    run::Mutex mutex_;
    bool stopped_ HCP_GUARDED_BY(mutex_) = false;
    std::once_flag stop_once_;

    // Below: our thread's alone.
    bool halted_ = false, numeric_ = false, looking_up_ = false;
    std::vector<tcp::endpoint> addresses_;
    Clock::time_point looked_up_{}, distrusted_until_{};
    error_code lookup_error_;
    std::deque<Worker> workers_;
    std::vector<Worker*> idle_, waiting_for_names_;
    std::deque<std::unique_ptr<Job>> jobs_;

    std::thread thread_;
};

HttpsClient::HttpsClient(HttpsOptions options) : impl_{std::make_unique<Impl>(std::move(options))} {}
HttpsClient::~HttpsClient() = default;
void HttpsClient::send(const HttpRequest& request, std::function<void(HttpOutcome)> done) {
    impl_->send(request, std::move(done));
}
void HttpsClient::stop() noexcept {
    impl_->stop();
}

}  // namespace hcp::province
