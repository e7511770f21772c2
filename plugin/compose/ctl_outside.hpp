#pragma once
#include "adapters/ctl/outside.hpp"

#include <filesystem>
#include <memory>

namespace hcp::compose {

// What hcpctl's commands need from outside, made of the real adapters.
[[nodiscard]] std::unique_ptr<ctl::Outside> ctl_outside(const std::filesystem::path& ini);

}  // namespace hcp::compose
