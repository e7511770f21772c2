#include "tests/store/server_under_test.hpp"

namespace hcp::store::test {

// MariaDB as a stand-in: Oracle's words and its empty texts, over a real ODBC driver.
const ServerUnderTest& server_under_test() {
    static const ServerUnderTest stand_in{
        ports::Backend::oracle, "ORACLE,EMPTY_STRING_IS_NULL",
        [](const std::string& socket, const std::string& database, const std::string& user) {
            return "DRIVER=MariaDB Unicode;SOCKET=" + socket + ";UID=" + user + ";DATABASE=" + database +
                   ";INITSTMT={set sql_mode='ORACLE,EMPTY_STRING_IS_NULL,STRICT_ALL_TABLES'}";
        }};
    return stand_in;
}

}  // namespace hcp::store::test
