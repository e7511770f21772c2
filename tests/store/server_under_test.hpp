#pragma once
#include "plugin/ports/settings.hpp"
#include "tests/store/column_types.hpp"

#include <functional>
#include <string>

namespace hcp::store::test {

// The columns that a text, prepared by the server, would answer with. Throws where the server does not take it.
using Preparing = std::function<ColumnKinds(const std::string& sql)>;

// Which backend the suites for servers are run on: each program links one of the files that define it.
struct ServerUnderTest {
    ports::Backend backend;
    const Dialect& dialect;
    // The variable whose value is the connection string of a real one (on_real.sh).
    const char* real;
    // The connection string of a server of the tests' own.
    std::string (*own)(const std::string& socket, const std::string& database, const std::string& user);
    // On a connection for itself.
    Preparing (*preparing)(const std::string& connection);
};
[[nodiscard]] const ServerUnderTest& server_under_test();

}  // namespace hcp::store::test
