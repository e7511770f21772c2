#pragma once
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/run/alarms.hpp"

#include <functional>

namespace hcp::app {

// Tells of what lies in the store under a master key that this instance does not have: nobody here can read it, nor
// anything of those subjects. Goes through the whole store; database threads.
void watch_keys(ports::Store&, const ports::MasterKeys&, run::Alarms&, const std::function<bool()>& cancelled);

}  // namespace hcp::app
