#pragma once
#include "plugin/ports/settings.hpp"

#include <string>

namespace hcp::store::test {

// Which backend the suites for servers are run on: each program links one of the files that define it.
struct ServerUnderTest {
    ports::Backend backend;
    std::string sql_mode;  // of a session that speaks its words
    std::string (*connection)(const std::string& socket, const std::string& database, const std::string& user);
};
[[nodiscard]] const ServerUnderTest& server_under_test();

}  // namespace hcp::store::test
