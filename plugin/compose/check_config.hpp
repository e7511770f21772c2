#pragma once
#include "adapters/ctl/outside.hpp"

#include <filesystem>

namespace hcp::compose {

// Every fault of the ini and of the files it names. They are read by what an instance reads them with, so that what
// passes here starts, as far as files go: whether a port is free, a database answers or an instance runs already is
// known only at a start.
[[nodiscard]] ctl::Checked check_config(const std::filesystem::path& ini);

}  // namespace hcp::compose
