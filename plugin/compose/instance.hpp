#pragma once
#include "adapters/config/load_settings.hpp"
#include "adapters/metrics/metrics.hpp"
#include "plugin/app/intake/accept_events.hpp"
#include "plugin/compose/jobs.hpp"
#include "plugin/compose/opened.hpp"
#include "plugin/compose/rule_files.hpp"
#include "plugin/compose/use_cases.hpp"
#include "plugin/compose/web.hpp"
#include "plugin/ports/chance.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/host.hpp"
#include "plugin/ports/log.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace hcp::compose {

// One running module: the opened outside, the use cases on it, and the threads between them.
//
//   host threads   AcceptEvents: journal only
//   writer, 1      every transaction: drain, ratings, sweep, claims and marks; they share the instance's ledger lane
//   tellers, 1     makes and gives the answers to ratings that are stored
//   readers, n     queries for pages and hosts; making and judging the province's messages
//   host, 1        calls into the host's extensions
//   pulse, 1       looks at the steady clock and pokes; does no work itself
//   and the io and crypto threads inside the province's client and the web server
class Instance {
public:
    // Opens everything and starts the threads; throws what stood in the way (Refused, with the reason in Chinese), and
    // nothing runs. `log`, `host` and `clock` outlive it. A store that does not answer is waited for, if the instance
    // has ever been in it. `virtual_clock`: noted in the ledger.
    Instance(config::LoadedSettings loaded, ports::Log& log, ports::Host& host, const ports::Clock& clock,
             bool virtual_clock);
    ~Instance();
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;

    // Ratings that have not begun do not begin any more; their callers are answered at once. Before stop, while calls
    // are in flight.
    void close() { use_cases_.rating_queue.close(); }
    // Ends every thread; false past the limit: call again. What was accepted stays in the journal or the store.
    [[nodiscard]] bool stop(std::chrono::milliseconds limit);

    // Takes over what may change while it runs, the rules included: all of it, or nothing, and the log says why.
    // Answers what is in force now, for those who do not stand behind this door.
    [[nodiscard]] std::optional<ports::Settings> reload();

    [[nodiscard]] app::AcceptEvents& accept_events() noexcept { return accept_events_; }
    [[nodiscard]] UseCases& use_cases() noexcept { return use_cases_; }
    [[nodiscard]] const record::Keys& keys() const noexcept { return opened_.keys; }
    [[nodiscard]] run::Workers& readers() noexcept { return crew_.readers; }
    [[nodiscard]] const std::string& link_base() const noexcept { return web_.base_url(); }

private:
    // However the instance ends, its threads end before what they use.
    struct Ends {
        Instance& instance;
        ~Ends();
    };
    void join();

    const config::LoadedSettings loaded_;
    ports::Log& log_;
    const ports::SystemClock id_clock_;
    const ports::SystemSteadyClock steady_;
    const ports::SystemBootClock boot_;
    ports::SeededChance chance_;
    metrics::Metrics metrics_;
    const StoredRuleTexts rule_texts_;
    Opened opened_;
    const Ground ground_;
    const Terms terms_;
    Crew crew_;
    UseCases use_cases_;
    Jobs jobs_;
    app::AcceptEvents accept_events_;
    const Ends ends_{*this};
    Web web_;
};

}  // namespace hcp::compose
