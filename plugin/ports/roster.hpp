#pragma once
#include "plugin/domain/staff.hpp"
#include "plugin/ports/ini_entry.hpp"

#include <string>
#include <vector>

namespace hcp::ports {

// A line of a roster's file: one a person.
struct RosterLine {
    int line = 0;  // of the file, from 1
    std::string staff_id, name;
    domain::Post post;
};

// All of it, or every fault.
struct RosterFile {
    std::vector<RosterLine> lines;
    std::vector<Fault> faults;
};

}  // namespace hcp::ports
