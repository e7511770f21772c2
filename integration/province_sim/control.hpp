// The door for tests: faults, figures, clock and certificate. Plain HTTP, JSON in and out.
#pragma once
#include "integration/province_sim/clock.hpp"
#include "integration/province_sim/faults.hpp"
#include "integration/province_sim/platform.hpp"
#include "integration/province_sim/stats.hpp"

#include <functional>
#include <string>

namespace province_sim {

class Control {
public:
    struct Hooks {
        std::function<void()> close_idle;
        // Throws std::exception when the files are unusable.
        std::function<void(const std::string& certificate, const std::string& key)> use_certificate;
    };

    Control(Clock& clock, Faults& faults, Stats& stats, Hooks hooks)
        : clock_{clock}, faults_{faults}, stats_{stats}, hooks_{std::move(hooks)} {}

    [[nodiscard]] Answer handle(const Request& request);

private:
    boost::json::object perform(const Request& request);
    boost::json::object faults();

    Clock& clock_;
    Faults& faults_;
    Stats& stats_;
    Hooks hooks_;
};

}  // namespace province_sim
