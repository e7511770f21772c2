#pragma once
#include "plugin/app/pulse.hpp"
#include "plugin/app/record_rating.hpp"

#include <functional>
#include <mutex>
#include <span>
#include <vector>

namespace hcp::app {

// Gathers the answers that wait for the database, so that all of them share one transaction and one sync.
class RatingDesk {
public:
    using Done = std::function<void(ports::result<RatingReply>)>;

    // `recorded(ratings)`: answers were stored, and something may be owed to the province now. Of those that became
    // ratings, so many may be counted where everybody can see it: those under embargo may not (E14).
    RatingDesk(RecordRating& record, Workers& workers, std::function<void(std::int64_t)> recorded)
        : record_{record}, recorded_{std::move(recorded)}, pass_{workers, [this] { pass(); }} {}

    // Any thread; returns at once. `done` is called once, on a database thread, or not at all when the workers are
    // stopped first: the caller has its own deadline, and then does not know whether it happened.
    void rate(RatingRequest request, Done done);

private:
    static constexpr std::size_t batch_limit = 256;
    void pass();
    void record(std::span<const RatingRequest> requests, std::span<const Done> waiters);

    RecordRating& record_;
    std::function<void(std::int64_t)> recorded_;
    std::mutex mutex_;
    std::vector<std::pair<RatingRequest, Done>> waiting_;
    SingleFlight pass_;
};

}  // namespace hcp::app
