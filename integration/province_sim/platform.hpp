// The province itself: one request in, one answer out, faults included. Knows neither sockets nor HTTP syntax.
#pragma once
#include "integration/province_sim/answer.hpp"
#include "integration/province_sim/clock.hpp"
#include "integration/province_sim/envelope.hpp"
#include "integration/province_sim/faults.hpp"
#include "integration/province_sim/limit.hpp"
#include "integration/province_sim/list_format.hpp"
#include "integration/province_sim/mood.hpp"
#include "integration/province_sim/stats.hpp"
#include "integration/province_sim/store.hpp"

#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace province_sim {

struct Rules {
    Caller caller;
    std::string channels = "12345";  // pf
    bool refuse_no_match = false;    // M4 without services: “No match found” instead of an empty list
};

// handle() may be called by any thread and blocks on the disk.
class Platform {
public:
    Platform(Rules rules, Crypto crypto, Clock& clock, Store& store, Faults& faults, Mood& mood, Stats& stats)
        : rules_{std::move(rules)},
          crypto_{std::move(crypto)},
          clock_{clock},
          store_{store},
          faults_{faults},
          mood_{mood},
          stats_{stats} {}

    [[nodiscard]] Answer handle(const Request& request);

    // Stores what was taken earlier and is due now. handle() does so before anything else.
    Settled settle();

    [[nodiscard]] ListFormat list_format();
    void write_lists(const ListFormat& format);
    [[nodiscard]] Limit& limit() { return limit_; }

private:
    [[nodiscard]] boost::json::value open(const Request& request, const Arrival& arrival) const;
    // `fault` (null: none) says when things are stored; the outcome of `arrival` becomes late if that is later.
    [[nodiscard]] boost::json::object perform(const boost::json::value& record, Arrival& arrival, const Fault* fault);
    void take_service(const boost::json::value& record, Arrival& arrival, const Fault* fault);
    void take_rating(const boost::json::value& record, Arrival& arrival, const Fault* fault);
    [[nodiscard]] bool waits(const Fields& record, Arrival& arrival, const Fault* fault);
    [[nodiscard]] boost::json::object list_services(const boost::json::value& record, Instant now);
    // What goes wrong with this request, if anything; named in `arrival`. A fault that was asked for comes before the
    // mood.
    [[nodiscard]] std::optional<Fault> befall(const Occasion& occasion, Arrival& arrival);

    Rules rules_;
    Crypto crypto_;
    Clock& clock_;
    Store& store_;
    Faults& faults_;
    Mood& mood_;
    Stats& stats_;
    Limit limit_;
    std::mutex mutex_;
    ListFormat list_format_;
};

}  // namespace province_sim
