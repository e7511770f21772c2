#pragma once
#include "plugin/app/desk_sessions/desk.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/record/held_because.hpp"
#include "plugin/run/workers.hpp"

namespace hcp::web {

// What the pages of the centre's people stand on beside what all pages do. It outlives the server and every task that
// was posted.
struct StaffServices {
    ports::Store& store;
    app::DeskMeans means;
    run::Workers& writer;  // whatever changes something
    record::BridgeTerms bridge{};
};

}  // namespace hcp::web
