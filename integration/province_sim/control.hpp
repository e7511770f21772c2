// The door for tests: faults, habits, figures, clock and certificate. Plain HTTP, JSON in and out.
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

    Control(Platform& platform, Clock& clock, Store& store, Faults& faults, Mood& mood, Stats& stats, Hooks hooks)
        : platform_{platform},
          clock_{clock},
          store_{store},
          faults_{faults},
          mood_{mood},
          stats_{stats},
          hooks_{std::move(hooks)} {}

    // What is due is stored before anything is looked at.
    [[nodiscard]] Answer handle(const Request& request);

private:
    using Wish = boost::json::object;
    struct Door;
    static const Door doors[];

    Wish perform(const Request& request);

    Wish health(const Wish&);
    Wish stats(const Wish&);
    Wish clear_stats(const Wish&);
    Wish faults(const Wish&);
    Wish add_fault(const Wish& wish);
    Wish clear_faults(const Wish&);
    Wish move_clock(const Wish& wish);
    Wish swap_certificate(const Wish& wish);
    Wish deduplicate(const Wish& wish);
    Wish fill(const Wish& wish);
    Wish list_format(const Wish&);
    Wish change_lists(const Wish& wish);
    Wish reset_lists(const Wish&);
    Wish limit(const Wish&);
    Wish change_limit(const Wish& wish);
    Wish reset_limit(const Wish&);
    Wish mood(const Wish&);
    Wish begin_mood(const Wish& wish);
    Wish end_mood(const Wish&);

    Platform& platform_;
    Clock& clock_;
    Store& store_;
    Faults& faults_;
    Mood& mood_;
    Stats& stats_;
    Hooks hooks_;
};

}  // namespace province_sim
