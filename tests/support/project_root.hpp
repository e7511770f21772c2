#pragma once
#include <filesystem>

namespace hcp::test {

// Where the project's sources lie. Only one unit knows the path by name, so that what ccache keeps of the others serves
// a clone in any folder.
const std::filesystem::path& project_root();

}  // namespace hcp::test
