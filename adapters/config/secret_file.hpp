#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

namespace hcp::config {

// What is wrong with the file as the home of a secret, in Chinese: it must be a regular, non-empty file that belongs to
// this user (or to root) and that nobody else may read or write. Looks at the permission bits, so it tells root the
// same.
[[nodiscard]] std::optional<std::pair<std::string, std::string>> unfit_as_secret(const std::filesystem::path& path);

}  // namespace hcp::config
