#pragma once
#include "adapters/ctl/outside.hpp"

#include <ostream>
#include <string>
#include <vector>

namespace hcp::ctl {

// One run of hcpctl: `arguments` without the program's name. Results for people go to `out`, refusals, usage and
// progress to `err`.
[[nodiscard]] int run(std::vector<std::string> arguments, const Bind& bind, std::ostream& out, std::ostream& err);

}  // namespace hcp::ctl
