#include "adapters/web/server.hpp"

#include "adapters/web/listener.hpp"
#include "adapters/web/operations_site.hpp"
#include "adapters/web/public_site.hpp"
#include "adapters/web/tls_files.hpp"
#include "plugin/run/thread.hpp"

#include <thread>
#include <vector>

namespace hcp::web {

namespace asio = boost::asio;
using boost::system::error_code;
using std::chrono::milliseconds;

namespace {

std::string shown(const ports::Address& address) {
    return address.host + ':' + std::to_string(address.port);
}

}  // namespace

class WebServer::Impl {
public:
    Impl(WebServices services, WebOptions options) : services_{std::move(services)}, options_{std::move(options)} {}
    ~Impl() { stop(milliseconds{0}); }

    ports::result<Started> start() {
        Started started;
        if (const auto& settings = options_.public_web) {
            error_code fault;
            std::shared_ptr<asio::ssl::context> tls;
            if (settings->tls && !(tls = make_tls(*settings->tls, fault)))
                return refuse("公众页面的证书或私钥不能使用", fault);
            public_site_ =
                std::make_shared<PublicSite>(services_, *settings, options_.session_life, options_.max_sessions);
            const auto port = listen(tls, public_site_,
                                     {.listen = settings->listen,
                                      .max_body_bytes = settings->max_body_bytes,
                                      .max_connections = settings->max_connections,
                                      .max_waiting = options_.max_waiting,
                                      .request_timeout = settings->request_timeout,
                                      .proxies = TrustedProxies{settings->trusted_proxies}});
            if (!port) return refuse("公众页面不能在 " + shown(settings->listen) + " 监听", port.error());
            started.public_port = *port;
            public_site_->listening_on(*port);
        }
        if (const auto& address = options_.operations_listen) {
            const auto port = listen(nullptr, std::make_shared<OperationsSite>(services_), {.listen = *address});
            if (!port) return refuse("运维接口不能在 " + shown(*address) + " 监听", port.error());
            started.operations_port = *port;
        }
        running_ = true;
        for (std::size_t i = 0; i < std::max<std::size_t>(options_.io_threads, 1); ++i)
            threads_.push_back(run::start_thread([this] { run(); }));
        return started;
    }

    void take_over(const ports::PublicWebSettings& settings) {
        if (public_site_) public_site_->take_over(settings);
    }

    bool stop(milliseconds limit) {
        if (!running_) return true;
        const auto deadline = std::chrono::steady_clock::now() + limit;
        const auto left = [&] {
            return std::max(milliseconds{0},
                            std::chrono::duration_cast<milliseconds>(deadline - std::chrono::steady_clock::now()));
        };
        for (const auto& listener : listeners_) listener->close();
        for (const auto& listener : listeners_)
            if (!listener->drained_within(left())) listener->abort();
        // Aborted connections have nothing to wait for: their coroutines unwind on the io threads.
        for (const auto& listener : listeners_) listener->drained_within(std::chrono::seconds{2});
        {
            const run::Lock lock{bell_->mutex};
            bell_->open = false;
        }
        work_.reset();
        io_.stop();
        for (auto& thread : threads_) thread.join();
        threads_.clear();
        running_ = false;
        return true;
    }

private:
    ports::result<std::uint16_t> listen(std::shared_ptr<asio::ssl::context> tls, std::shared_ptr<Site> site,
                                        ListenerOptions options) {
        listeners_.push_back(std::make_shared<Listener>(io_, bell_, std::move(tls), std::move(site), services_.clock,
                                                        services_.log, std::move(options)));
        return listeners_.back()->open();
    }

    error_code refuse(const std::string& what, const error_code& fault) {
        services_.log.error(what + "：" + fault.message());
        return fault;
    }

    void run() {
        for (;;) try {
                io_.run();
                return;
            } catch (const std::exception& fault) {  // one connection's trouble must not end the thread
                services_.log.often(ports::LogLevel::error, "网页服务出错", fault.what());
            }
    }

    WebServices services_;
    WebOptions options_;
    std::shared_ptr<Doorbell> bell_ = std::make_shared<Doorbell>();
    std::shared_ptr<PublicSite> public_site_;
    asio::io_context io_;
    std::optional<asio::executor_work_guard<asio::io_context::executor_type>> work_{io_.get_executor()};
    std::vector<std::shared_ptr<Listener>> listeners_;
    std::vector<std::thread> threads_;
    bool running_ = false;
};

WebServer::WebServer(WebServices services, WebOptions options)
    : impl_{std::make_unique<Impl>(std::move(services), std::move(options))} {}
WebServer::~WebServer() = default;
ports::result<Started> WebServer::start() {
    return impl_->start();
}
void WebServer::take_over(const ports::PublicWebSettings& settings) {
    impl_->take_over(settings);
}
bool WebServer::stop(milliseconds limit) {
    return impl_->stop(limit);
}

}  // namespace hcp::web
