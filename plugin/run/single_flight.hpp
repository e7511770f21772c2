#pragma once
#include "plugin/run/mutex.hpp"
#include "plugin/run/workers.hpp"

#include <functional>
#include <memory>

namespace hcp::run {

// Posts a task to the workers whenever it is poked, and never twice at once: pokes during a run lead to one more run.
// So a stage wakes the next one directly, and a burst costs one pass. It may end as soon as its task has done what
// somebody waits for: what its thread does behind that touches nothing of whoever has it.
class SingleFlight {
public:
    SingleFlight(Workers& workers, std::function<void()> task);
    void poke() const;

private:
    struct Flight;
    const std::shared_ptr<Flight> flight_;
};

}  // namespace hcp::run
