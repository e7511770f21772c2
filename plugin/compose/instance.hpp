#pragma once
#include "adapters/config/load_settings.hpp"
#include "plugin/app/outcome.hpp"
#include "plugin/app/show_evaluation.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/host.hpp"
#include "plugin/ports/journal.hpp"
#include "plugin/ports/log.hpp"

#include <boost/json/array.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace hcp::compose {

// One running module: every adapter bound to the use cases, and the threads between them.
//
//   host threads   accept(): journal only
//   writer, 1      every transaction: drain, ratings, sweep, claims and marks; they share the instance's ledger lane
//   readers, n     queries for pages and hosts; making and judging the province's messages
//   host, 1        calls into the host's extensions
//   pulse, 1       looks at the clock port and pokes; does no work itself
//   and the io and crypto threads inside the province link and the web server
class Instance {
public:
    // `log`, `host` and `clock` outlive it. `virtual_clock`: noted in the ledger at start.
    Instance(config::LoadedSettings loaded, ports::Log& log, ports::Host& host, const ports::Clock& clock,
             bool virtual_clock);
    ~Instance();

    // Opens everything, then starts the threads. False: nothing runs, the log says why.
    [[nodiscard]] bool start();
    // Ratings that have not begun do not begin any more; their callers are answered at once. Before stop, while calls
    // are in flight.
    void close();
    // Ends every thread; false past the limit: call again. What was accepted stays in the journal or the store.
    [[nodiscard]] bool stop(std::chrono::milliseconds limit);
    // Takes over what may change while running; false when the ini has faults (logged) or a changed key needs a restart
    // (named, the rest is taken over all the same).
    [[nodiscard]] bool reload();
    // As last loaded; whoever writes the lines applies it.
    [[nodiscard]] ports::LogLevel log_level() const noexcept { return log_level_; }

    // [any] Takes the events of one call of the host, a piece at a time: journal only. Observed as one call at its end.
    class Intake;
    [[nodiscard]] bool accepts_host(const std::string& host_id) const;
    [[nodiscard]] std::string link(const domain::CompletionKey& key, domain::SubjectType type,
                                   std::string_view certificate_no) const;
    [[nodiscard]] std::string health() const;

    // [any, blocking]
    [[nodiscard]] app::ReadOutcome<std::string> pending(domain::SubjectType type, const std::string& certificate_no,
                                                        std::chrono::milliseconds limit);
    [[nodiscard]] app::RatingOutcome rate(const domain::CompletionKey& key, domain::SubjectType type,
                                          const std::string& certificate_no, domain::Answer answer,
                                          std::chrono::milliseconds limit);
    [[nodiscard]] std::string receipt(const app::RatingReply& reply) const;

private:
    class Running;
    void add_pending(boost::json::array& out, const app::ListedEvaluation& one) const;
    config::LoadedSettings loaded_;
    ports::Log& log_;
    ports::Host& host_;
    const ports::Clock& clock_;
    bool virtual_clock_;
    ports::LogLevel log_level_;
    std::unique_ptr<Running> running_;
};

class Instance::Intake {
public:
    explicit Intake(Instance& instance) : running_{*instance.running_} {}
    Intake(const Intake&) = delete;
    Intake& operator=(const Intake&) = delete;
    ~Intake();
    ports::result<void> take(std::span<const domain::Event> piece);

private:
    friend class Running;
    Running& running_;
    std::chrono::nanoseconds took_{};
    std::optional<std::size_t> told_;  // the kind of the events, once there is one that may be counted
};

}  // namespace hcp::compose
