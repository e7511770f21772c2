#pragma once
#include "adapters/store/late_store.hpp"
#include "adapters/store/options.hpp"
#include "plugin/compose/instance_directory.hpp"
#include "plugin/compose/key_set.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/ini_entry.hpp"
#include "plugin/ports/journal.hpp"
#include "plugin/ports/log.hpp"
#include "plugin/ports/settings.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

// What an instance and hcpctl open alike.
namespace hcp::compose {

[[nodiscard]] ports::result<std::unique_ptr<ports::Journal>> open_journal(const ports::JournalSettings& settings,
                                                                          const InstanceDirectory& directory,
                                                                          const KeySet& key_set, ports::Log& log);

// Tells of each; answers how many there are, in words.
[[nodiscard]] std::string log_faults(const std::vector<ports::Fault>& faults, ports::Log& log);

[[nodiscard]] store::StoreOptions store_options(const ports::StoreSettings& settings, std::size_t readers);

// How the instance opens its store: an embedded one is brought up to date, and made where there is none if `may_create`
// says so when it is opened; without that a file that is missing counts as a database that does not answer.
[[nodiscard]] store::LateStore::Open store_opener(const ports::StoreSettings& settings, const ports::Clock& clock,
                                                  ports::Log& log, bool may_create);

}  // namespace hcp::compose
