#pragma once
#include "plugin/domain/time.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/result.hpp"
#include "plugin/ports/signs.hpp"
#include "plugin/run/mutex.hpp"
#include "plugin/run/workers.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace hcp::run {

// A long look at what there is, one at a time, and what came of the last one. Any thread; `workers` do it, and end
// before this does.
template <class Outcome, class Asked>
class Inspection {
public:
    using Work = std::function<ports::result<Outcome>(const Asked&, const ports::Signs&)>;
    struct State {
        bool running = false;
        std::string begun_by;  // staff id
        std::optional<domain::Instant> begun_at, ended_at;
        std::int64_t met = 0;                                   // rows
        std::shared_ptr<const ports::result<Outcome>> outcome;  // null: it runs, or none ever did
    };

    Inspection(Workers& workers, const ports::Clock& clock, Work work)
        : workers_{workers}, clock_{clock}, work_{std::move(work)} {}

    // False: one runs.
    bool begin(std::string by, Asked asked) {
        {
            const Lock lock{mutex_};
            if (state_.running) return false;
            state_ = {true, std::move(by), clock_.now(), {}, 0, nullptr};
        }
        workers_.post([this, asked = std::move(asked)] { run(asked); });
        return true;
    }
    [[nodiscard]] State state() const {
        const Lock lock{mutex_};
        return state_;
    }
    // What runs ends soon, and nothing comes of it.
    void cancel() noexcept { cancelled_ = true; }

private:
    void run(const Asked& asked) {
        const ports::Signs signs{[this](std::int64_t rows) {
                                     const Lock lock{mutex_};
                                     state_.met = rows;
                                 },
                                 [this] { return cancelled_.load(); }};
        try {
            end(std::make_shared<const ports::result<Outcome>>(work_(asked, signs)));
        } catch (...) {  // memory is short: nothing came of it, and another may be begun
            end(nullptr);
            throw;
        }
    }
    void end(std::shared_ptr<const ports::result<Outcome>> outcome) {
        const Lock lock{mutex_};
        state_.running = false;
        state_.ended_at = clock_.now();
        state_.outcome = std::move(outcome);
    }

    Workers& workers_;
    const ports::Clock& clock_;
    const Work work_;
    std::atomic<bool> cancelled_ = false;
    mutable Mutex mutex_;
    State state_ HCP_GUARDED_BY(mutex_);
};

}  // namespace hcp::run
