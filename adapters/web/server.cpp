#include "adapters/web/server.hpp"

#include "adapters/web/connection_budget.hpp"
#include "adapters/web/listener.hpp"
#include "adapters/web/operations_site.hpp"
#include "adapters/web/public_site.hpp"
#include "adapters/web/staff_site.hpp"
#include "adapters/web/tls_files.hpp"
#include "plugin/run/descriptor.hpp"
#include "plugin/run/thread.hpp"

#include <thread>
#include <vector>

namespace hcp::web {

namespace asio = boost::asio;
using boost::system::error_code;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds most_handshake{5000};
constexpr std::size_t most_staff_connections = 200;
constexpr std::uint32_t most_staff_body = 8192;  // a code or a ticket

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
            const auto limit = run::most_descriptors();
            const auto budget = ConnectionBudget::within(limit, settings->max_connections);
            if (budget.people < settings->max_connections) warn_of(limit, budget, settings->max_connections);
            public_site_ =
                std::make_shared<PublicSite>(services_, *settings, options_.session_lives, options_.max_sessions);
            const auto port = listen(tls, public_site_,
                                     {.listen = settings->listen,
                                      .max_body_bytes = settings->max_body_bytes,
                                      .max_connections = budget.people,
                                      .max_waiting = options_.max_waiting,
                                      .request_timeout = settings->request_timeout,
                                      .handshake_timeout = std::min(settings->request_timeout, most_handshake),
                                      .proxies = TrustedProxies{settings->trusted_proxies},
                                      .on_figures = services_.on_connections});
            if (!port) return refuse("公众页面不能在 " + shown(settings->listen) + " 监听", port.error());
            started.public_port = *port;
            public_site_->listening_on(*port);
        }
        if (options_.staff && services_.staff) {
            const auto& settings = *options_.staff;
            error_code fault;
            const auto tls = make_tls({settings.certificate_file, settings.key_file}, fault);
            if (!tls) return refuse("工作人员页面的证书或私钥不能使用", fault);
            const auto budget = ConnectionBudget::within(run::most_descriptors(), most_staff_connections);
            const auto port = listen(tls, std::make_shared<StaffSite>(services_, *services_.staff, settings),
                                     {.listen = settings.listen,
                                      .max_body_bytes = most_staff_body,
                                      .max_connections = budget.people,
                                      .max_waiting = options_.max_waiting});
            if (!port) return refuse("工作人员页面不能在 " + shown(settings.listen) + " 监听", port.error());
            started.staff_port = *port;
        }
        if (const auto& address = options_.operations_listen) {
            const auto budget = ConnectionBudget::within(run::most_descriptors(), 1);
            const auto port = listen(nullptr, std::make_shared<OperationsSite>(services_),
                                     {.listen = *address, .max_connections = budget.operators});
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

    void warn_of(std::size_t limit, const ConnectionBudget& budget, std::size_t wanted) {
        services_.log.warning("[web] max_connections = " + std::to_string(wanted) +
                              " 超出本进程可打开的文件数：软限制 " + std::to_string(limit) + "，其中 " +
                              std::to_string(budget.reserve) + " 个留给宿主、日志和数据库，公众页面最多 " +
                              std::to_string(budget.people) + " 个连接。把宿主的 LimitNOFILE（ulimit -n）调到 " +
                              std::to_string(ConnectionBudget::limit_for(wanted)) + " 以上，或调小 max_connections");
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
