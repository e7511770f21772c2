#pragma once
#include "plugin/ports/ini_entry.hpp"

#include <vector>

namespace hcp::calendar {

// What a file says, or everything that is wrong with it: `value` is meant to be used only when there is no fault.
template <class T>
struct Parsed {
    T value;
    std::vector<ports::Fault> faults;

    [[nodiscard]] bool ok() const noexcept { return faults.empty(); }
};

}  // namespace hcp::calendar
