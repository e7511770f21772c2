#pragma once
#include "adapters/web/addresses.hpp"
#include "adapters/web/http.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/log.hpp"
#include "plugin/ports/result.hpp"
#include "plugin/ports/settings.hpp"
#include "plugin/run/mutex.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>

#include <atomic>
#include <memory>
#include <string>
#include <unordered_map>

namespace hcp::web {

struct ListenerOptions {
    ports::Address listen;
    std::uint32_t max_body_bytes = 65'536;
    std::size_t max_connections = 2000;  // of which one address gets a quarter at most, unless it is a proxy of ours
    std::size_t max_waiting = 4096;
    std::chrono::milliseconds request_timeout{15'000};
    TrustedProxies proxies = TrustedProxies{};
};

class Connection;
class HttpConnection;

// Lets answers find their connection from any thread for as long as the io context runs.
struct Doorbell {
    run::Mutex mutex;
    bool open HCP_GUARDED_BY(mutex) = true;
};

// Accepts connections on one address and serves one site. Its methods are for the thread that runs the server; the work
// is done on the threads of the io context.
class Listener : public std::enable_shared_from_this<Listener> {
public:
    Listener(boost::asio::io_context& io, std::shared_ptr<Doorbell> bell,
             std::shared_ptr<boost::asio::ssl::context> tls, std::shared_ptr<Site> site, const ports::Clock& clock,
             ports::Log& log, ListenerOptions options);
    ~Listener();

    // Binds and begins to accept once the io context runs. Answers with the port.
    ports::result<std::uint16_t> open();
    // Accepts nothing more and ends idle connections; requests in progress go on.
    void close();
    // Ends all connections now.
    void abort();
    // True once no connection is left; false at the limit.
    bool drained_within(std::chrono::milliseconds limit);

private:
    friend class HttpConnection;
    struct Accepting;

    boost::asio::io_context& io_;
    std::shared_ptr<Doorbell> bell_;
    std::shared_ptr<boost::asio::ssl::context> tls_;  // null: plain HTTP
    std::shared_ptr<Site> site_;
    const ports::Clock& clock_;
    ports::Log& log_;
    const ListenerOptions options_;
    std::unique_ptr<Accepting> accepting_;
    std::atomic<std::size_t> waiting_ = 0;

    bool admit(const std::shared_ptr<Connection>& connection, const std::string& group);
    void forget(Connection* connection, const std::string& group);

    run::Mutex mutex_;
    run::Condition drained_;
    bool closing_ HCP_GUARDED_BY(mutex_) = false;
    std::unordered_map<Connection*, std::weak_ptr<Connection>> connections_ HCP_GUARDED_BY(mutex_);
    std::unordered_map<std::string, std::size_t> of_group_ HCP_GUARDED_BY(mutex_);
};

}  // namespace hcp::web
