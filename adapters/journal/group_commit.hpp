#pragma once
#include "plugin/run/mutex.hpp"

#include <atomic>
#include <concepts>
#include <cstddef>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace hcp::journal {

// Many callers, one writer at a time, no thread of its own. Whoever finds nobody writing leads: it writes its own job
// and everything that waits, in order of arrival, then hands the lead to the first of those who came meanwhile.
template <class Job, std::invocable<std::span<Job* const>> Write>
class GroupCommit {
public:
    // `write` answers each job inside the job, must not throw, and never runs twice at once.
    explicit GroupCommit(Write write) : write_{std::move(write)} {}

    // Returns when a batch with this job in it has been written, or has failed to be.
    void run(Job& job) {
        const auto place = std::make_shared<Place>();
        bool leads = false;
        {
            const run::Lock lock{mutex_};
            waiting_.add(job, place);
            leads = !std::exchange(led_, true);
        }
        if (!leads) {
            place->state.wait(State::waiting);
            if (place->state == State::done) return;
        }
        lead();
    }

    [[nodiscard]] std::size_t waiting() {
        const run::Lock lock{mutex_};
        return waiting_.jobs.size();
    }

private:
    enum class State : int { waiting, leading, done };
    // Shared, because the leader still touches it while its owner is already on the way out.
    struct Place {
        std::atomic<State> state{State::waiting};

        void tell(State s) noexcept {
            state = s;
            state.notify_one();
        }
    };
    struct Batch {
        std::vector<Job*> jobs;
        std::vector<std::shared_ptr<Place>> places;

        void add(Job& job, const std::shared_ptr<Place>& place) {
            places.reserve(places.capacity() > places.size() ? 0 : 2 * places.size() + 8);
            jobs.push_back(&job);
            places.push_back(place);
        }
    };

    // From here on others depend on us: nothing below may allocate, and so nothing can throw.
    void lead() noexcept {
        Batch batch;
        {
            const run::Lock lock{mutex_};
            std::swap(batch, waiting_);
        }
        write_(std::span<Job* const>{batch.jobs});

        // The next leader first: the disk should not wait until everybody is awake.
        std::shared_ptr<Place> next;
        {
            const run::Lock lock{mutex_};
            if (waiting_.places.empty())
                led_ = false;
            else
                next = waiting_.places.front();
        }
        if (next) next->tell(State::leading);
        for (const auto& place : batch.places) place->tell(State::done);
    }

    Write write_;
    run::Mutex mutex_;
    bool led_ HCP_GUARDED_BY(mutex_) = false;
    Batch waiting_ HCP_GUARDED_BY(mutex_);
};

}  // namespace hcp::journal
