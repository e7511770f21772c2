#pragma once
#include "plugin/app/province/delivery_step.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/run/mutex.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <vector>

namespace hcp::app {

// What the province has listed of its subjects. One answer serves every delivery that asks the same meanwhile, and, for
// a while, those that look for a number afterwards: a service that was listed keeps its number. Any thread.
class SubjectLists {
public:
    using Waiting = std::shared_ptr<Errand>;
    using Services = std::shared_ptr<const std::vector<ports::KnownService>>;

    explicit SubjectLists(const ports::SteadyClock& steady) : steady_{steady} {}

    // True: the question is the caller's to send, and answered() must follow. False: it is under way already, and the
    // errand is among those that its answer is for. `asked_at` becomes the time when it left.
    [[nodiscard]] bool ask(const ports::Digest& question, const Waiting& errand, domain::Instant now);
    // Those that waited for this answer, the first that asked among them.
    [[nodiscard]] std::vector<Waiting> answered(const ports::Digest& question, const ports::Exchange& answer);
    // The last list, while it is kept; else nothing.
    [[nodiscard]] Services kept(const ports::Digest& question);

private:
    struct Question {
        domain::Instant asked_at;
        std::vector<Waiting> waiting;
    };
    struct Kept {
        Services services;
        ports::SteadyClock::Time since;
    };
    void forget_some() HCP_REQUIRES(mutex_);

    const ports::SteadyClock& steady_;
    run::Mutex mutex_;
    std::map<ports::Digest, Question> under_way_ HCP_GUARDED_BY(mutex_);
    std::map<ports::Digest, Kept> kept_ HCP_GUARDED_BY(mutex_);
    std::size_t kept_services_ HCP_GUARDED_BY(mutex_) = 0;
};

}  // namespace hcp::app
