#include "tests/store/server_under_test.hpp"

namespace hcp::store::test {

const ServerUnderTest& server_under_test() {
    static const ServerUnderTest mariadb{
        ports::Backend::mysql, "", [](const std::string& socket, const std::string& database, const std::string& user) {
            return "db=" + database + " user=" + user + " unix_socket=" + socket;
        }};
    return mariadb;
}

}  // namespace hcp::store::test
