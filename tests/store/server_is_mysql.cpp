#include "tests/store/server_under_test.hpp"

namespace hcp::store::test {

const ServerUnderTest& server_under_test() {
    static const ServerUnderTest mariadb{ports::Backend::mysql, "",
                                         [](const std::string& socket, const std::string& database) {
                                             return "db=" + database + " user=root unix_socket=" + socket;
                                         }};
    return mariadb;
}

}  // namespace hcp::store::test
