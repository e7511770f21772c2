#pragma once
#include <cstddef>

namespace hcp::web {

// How many connections may be open under the process's limit of open files, which the host needs too.
struct ConnectionBudget {
    std::size_t people = 0, operators = 0;
    std::size_t reserve = 0;  // files that stay for the host, the journal, the store and the province

    // `wanted`: by the settings. `limit`: RLIMIT_NOFILE, the soft one.
    [[nodiscard]] static ConnectionBudget within(std::size_t limit, std::size_t wanted);
    // The limit under which `wanted` fits.
    [[nodiscard]] static std::size_t limit_for(std::size_t wanted);
};

}  // namespace hcp::web
