#pragma once
#include <cstdint>

namespace hcp::domain {

// What became of a ticket (整改单) so far. Stored: never renumber, never reuse.
enum class TicketState : std::int32_t {
    fresh = 1,  // NEW: nobody has dealt with it yet
};

}  // namespace hcp::domain
