#pragma once
#include "plugin/record/keys.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace hcp::test {

// Every row of a SQLite store by its table, as text that two stores of the same history have in common: an id is its
// place among those of its table, so that what belongs together still does; a sealed column is what it says, a ledger
// entry what it tells. Of what is random, or tells when a machine did something for itself, only whether it is there.
// A column that this knows nothing of is compared as it is.
[[nodiscard]] std::map<std::string, std::vector<std::string>> told_rows(const std::filesystem::path& store,
                                                                        const record::Keys& keys);

}  // namespace hcp::test
