#include "plugin/run/single_flight.hpp"

#include <utility>

namespace hcp::run {

struct SingleFlight::Flight : std::enable_shared_from_this<Flight> {
    Flight(Workers& on, std::function<void()> what) : workers{on}, task{std::move(what)} {}

    void poke() {
        {
            const Lock lock{mutex};
            if (running) {
                again = true;
                return;
            }
            running = true;
        }
        begin();
    }
    void begin() {
        workers.post([self = shared_from_this()] { self->run(); });
    }
    void run() {
        struct Landing {  // however the task ends, the next poke starts another
            Flight& flight;
            ~Landing() { flight.land(); }
        } landing{*this};
        task();
    }
    void land() {
        {
            const Lock lock{mutex};
            if (!again) {
                running = false;
                return;
            }
            again = false;
        }
        begin();
    }

    Workers& workers;
    const std::function<void()> task;
    Mutex mutex;
    bool running HCP_GUARDED_BY(mutex) = false;
    bool again HCP_GUARDED_BY(mutex) = false;
};

SingleFlight::SingleFlight(Workers& workers, std::function<void()> task)
    : flight_{std::make_shared<Flight>(workers, std::move(task))} {}

void SingleFlight::poke() const {
    flight_->poke();
}

}  // namespace hcp::run
