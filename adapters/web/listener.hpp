#pragma once
#include "adapters/web/addresses.hpp"
#include "adapters/web/ebb.hpp"
#include "adapters/web/http.hpp"
#include "adapters/web/occupancy.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/log.hpp"
#include "plugin/ports/meter.hpp"
#include "plugin/ports/result.hpp"
#include "plugin/ports/settings.hpp"
#include "plugin/run/mutex.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace hcp::web {

struct ListenerOptions {
    ports::Address listen;
    std::uint32_t max_body_bytes = 65'536;
    std::size_t max_connections = 16;
    std::size_t max_waiting = 4096;
    std::chrono::milliseconds request_timeout{15'000};
    std::chrono::milliseconds handshake_timeout{5'000};
    TrustedProxies proxies = TrustedProxies{};
    // After every change; quick, and never into the listener.
    std::function<void(const ports::ConnectionFigures&)> on_figures = [](const ports::ConnectionFigures&) {};
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

    using Doing = Occupancy::Doing;
    using Living = std::vector<std::shared_ptr<Connection>>;

    // A place, for which somebody else may have to go; nothing when there is none.
    std::optional<Occupancy::Id> admit(const std::string& group);
    // False once the listener closes: then it is not to begin.
    [[nodiscard]] bool keep(Occupancy::Id id, const std::shared_ptr<Connection>& connection);
    void becomes(Occupancy::Id id, Doing doing);
    void no_handshake();
    void no_descriptors();
    void forget(Occupancy::Id id);
    // Those that a change concerns are ended by whoever changed something, without the lock.
    [[nodiscard]] Living living();
    [[nodiscard]] std::shared_ptr<Connection> find(std::optional<Occupancy::Id> id) HCP_REQUIRES(mutex_);
    void tell() HCP_REQUIRES(mutex_);

    run::Mutex mutex_;
    run::Condition drained_;
    bool closing_ HCP_GUARDED_BY(mutex_) = false;
    std::unordered_map<Occupancy::Id, std::weak_ptr<Connection>> connections_ HCP_GUARDED_BY(mutex_);
    Occupancy occupancy_ HCP_GUARDED_BY(mutex_);
    Ebb ebb_ HCP_GUARDED_BY(mutex_);
    ports::ConnectionFigures figures_ HCP_GUARDED_BY(mutex_);  // of those who came
};

}  // namespace hcp::web
