#include "tests/support/project_root.hpp"

namespace hcp::test {

const std::filesystem::path& project_root() {
    static const std::filesystem::path root{HCP_SOURCE_DIR};
    return root;
}

}  // namespace hcp::test
