#pragma once
#include "adapters/web/sessions.hpp"
#include "adapters/web/staff_services.hpp"
#include "plugin/app/rating/rating_queue.hpp"
#include "plugin/app/rating/show_evaluation.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/host.hpp"
#include "plugin/ports/log.hpp"
#include "plugin/ports/meter.hpp"
#include "plugin/ports/result.hpp"
#include "plugin/ports/settings.hpp"
#include "plugin/record/keys.hpp"
#include "plugin/record/rules.hpp"
#include "plugin/run/workers.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace hcp::web {

// Answers at once; calls `done` later, once or never, on any thread. The ticket must not be logged.
using Redeem = std::function<void(std::string ticket, std::function<void(std::optional<ports::SignedOn>)> done)>;

// What the server serves. Everything referred to outlives the server and every task it posted to `database`.
struct WebServices {
    app::ShowEvaluation& show;
    app::RatingQueue& ratings;
    const record::RuleBook& rules;
    const record::Keys& keys;
    const ports::Clock& clock;
    ports::Log& log;
    run::Workers& database;  // whatever reads the store runs there, never on an io thread
    Redeem redeem;
    std::function<std::string()> health_json, metrics_text;  // any io thread; must not block
    std::function<bool()> ready;
    // After every answer: the route's pattern (never the path, which holds a secret) and the HTTP status.
    std::function<void(std::string_view route, int status)> on_request = [](std::string_view, int) {};
    // Whenever a connection of people comes, goes or does something else. Any io thread; must not block.
    std::function<void(const ports::ConnectionFigures&)> on_connections = [](const ports::ConnectionFigures&) {};
    // Characters of a rating's text that the province takes; what is longer is cut. Nothing: all, or there is no
    // province.
    std::optional<std::uint32_t> province_text_limit{};
    std::optional<StaffServices> staff{};  // needed where there is a staff listener
};

struct WebOptions {
    std::optional<ports::PublicWebSettings> public_web;  // absent: this instance serves no pages
    std::optional<ports::StaffWebSettings> staff;
    std::optional<ports::Address> operations_listen;
    std::size_t io_threads = 1;
    std::size_t max_waiting = 4096;  // requests that wait for an answer at once; more get 503
    Sessions::Lives session_lives{};
    std::size_t max_sessions = 20'000;
};

struct Started {
    std::uint16_t public_port = 0, operations_port = 0, staff_port = 0;  // 0 = that listener is off
};

// HTTP for people (pages and the JSON API) and for operators (metrics and health), each on an address of its own.
class WebServer {
public:
    WebServer(WebServices services, WebOptions options);
    ~WebServer();  // stops
    WebServer(const WebServer&) = delete;
    WebServer& operator=(const WebServer&) = delete;

    // Binds, then starts the io threads. On failure nothing runs, and the log says why in the operator's words.
    ports::result<Started> start();
    // What may change while running: rate limits, the centre's name and telephone number. Any thread.
    void take_over(const ports::PublicWebSettings& settings);
    // Accepts nothing more, lets the requests in progress finish until the limit, then closes what is left. True: no
    // thread of the server lives. A second call is harmless.
    bool stop(std::chrono::milliseconds limit);

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hcp::web
