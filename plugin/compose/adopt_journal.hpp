#pragma once
#include "adapters/config/load_settings.hpp"
#include "adapters/ctl/outside.hpp"
#include "plugin/ports/log.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>

namespace hcp::compose {

// Stands in for an instance that is no more: takes its directory, its number under a new token, so that it writes
// nothing any more should it only have been asleep, and drains its journal into the store, on one thread and without
// web or bridge. What the journal has not forgotten stays there, so it can be done again. `progress`: events left,
// every two seconds. Throws ctl::Refusal, also while the instance lives.
[[nodiscard]] ctl::AdoptedJournal adopt_journal(config::LoadedSettings loaded, const std::filesystem::path& directory,
                                                ports::Log& log, const std::function<void(std::int64_t left)>& progress,
                                                const std::function<bool()>& cancelled);

}  // namespace hcp::compose
