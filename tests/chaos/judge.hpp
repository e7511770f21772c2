#pragma once
#include "plugin/ports/store/store.hpp"
#include "tests/chaos/chaos.hpp"
#include "tests/chaos/far_end.hpp"
#include "tests/world/trace.hpp"

namespace hcp::chaos {

// Holds the far end's records against the store; every contradiction is a wrong of the trace's.
void judge(ports::Store& store, FarEnd& far_end, world::Trace& trace, Outcome& outcome);

// Where nothing was doubled the numbers of a dossier are in the order of its services.
void judge_order(ports::Store& store, world::Trace& trace);

}  // namespace hcp::chaos
