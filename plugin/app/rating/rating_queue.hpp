#pragma once
#include "plugin/app/rating/rating_outcome.hpp"
#include "plugin/app/rating/record_rating.hpp"
#include "plugin/run/mutex.hpp"
#include "plugin/run/single_flight.hpp"
#include "plugin/run/workers.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <future>
#include <span>

namespace hcp::app {

// Gathers the answers that wait for the database, so that all of them share one transaction and one sync. One that has
// not begun can still be taken back; from then on only the store knows.
class RatingQueue {
public:
    using Done = std::function<void(RatingOutcome)>;
    using Place = std::uint64_t;  // in the queue

    // `workers` write; `tellers` tell everybody what came of it, while the next are written.
    // `recorded(ratings)`: answers were stored, and something may be owed to the province now. Of those that became
    // ratings, so many may be counted where everybody can see it: those under embargo may not (E14).
    RatingQueue(RecordRating& record, run::Workers& workers, run::Workers& tellers,
                std::function<void(std::int64_t)> recorded)
        : record_{record}, tellers_{tellers}, recorded_{std::move(recorded)}, pass_{workers, [this] { pass(); }} {}
    ~RatingQueue() { close(); }
    RatingQueue(const RatingQueue&) = delete;
    RatingQueue& operator=(const RatingQueue&) = delete;

    // Any thread; returns at once. `done` is called exactly once unless the request is taken back: on a teller's
    // thread, or on that of close() or of whoever stops the tellers, or, after that, here. What it throws is lost.
    Place rate(RatingRequest request, Done done);
    // Any thread. True: it had not begun and never will, and `done` is not called. False: it has begun or is over.
    [[nodiscard]] bool take_back(Place place);

    // The same for a thread that waits: what is still waiting in the queue at the limit is taken back, and only what
    // has begun is in doubt.
    struct Asked {
        Place place;
        std::future<RatingOutcome> answer;
    };
    [[nodiscard]] Asked ask(RatingRequest request);
    [[nodiscard]] RatingOutcome answer_within(Asked& asked, std::chrono::milliseconds limit);

    // From now on nothing begins: what waits, and what still comes, did not happen; what has begun ends as it ends. Any
    // thread, again and again; before the workers are stopped, for they drop what is posted.
    void close();

private:
    static constexpr std::size_t batch_limit = 256;
    struct Waiting {
        Place place;
        RatingRequest request;
        Done done;
    };
    class Begun;
    void pass();
    void record(std::span<const RatingRequest> requests, std::span<RatingOutcome> outcomes);

    RecordRating& record_;
    run::Workers& tellers_;
    std::function<void(std::int64_t)> recorded_;
    run::Mutex mutex_;
    std::deque<Waiting> waiting_ HCP_GUARDED_BY(mutex_);  // by place
    Place next_place_ HCP_GUARDED_BY(mutex_) = 1;
    bool closed_ HCP_GUARDED_BY(mutex_) = false;
    run::SingleFlight pass_;
};

}  // namespace hcp::app
