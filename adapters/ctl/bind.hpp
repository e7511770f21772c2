#pragma once
#include "adapters/ctl/outside.hpp"

namespace hcp::ctl {

// The commands' outside, made of the real adapters.
[[nodiscard]] std::unique_ptr<Outside> bind(const std::filesystem::path& ini);

}  // namespace hcp::ctl
