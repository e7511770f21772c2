#include "plugin/run/single_flight.hpp"

namespace hcp::run {

void SingleFlight::poke() {
    {
        const Lock lock{mutex_};
        if (running_) {
            again_ = true;
            return;
        }
        running_ = true;
    }
    workers_.post([this] { run(); });
}

void SingleFlight::run() {
    struct Landing {  // however the task ends, the next poke starts another
        SingleFlight& flight;
        ~Landing() { flight.land(); }
    } landing{*this};
    task_();
}

void SingleFlight::land() {
    {
        const Lock lock{mutex_};
        if (!again_) {
            running_ = false;
            return;
        }
        again_ = false;
    }
    workers_.post([this] { run(); });
}

}  // namespace hcp::run
