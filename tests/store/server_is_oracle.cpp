#include "adapters/store/odbc_client.hpp"
#include "tests/store/server_under_test.hpp"

#include <soci/odbc/soci-odbc.h>
#include <soci/soci.h>

#include <memory>
#include <stdexcept>

namespace hcp::store::test {
namespace {

Value::Kind kind_of(SQLSMALLINT type) {
    switch (type) {
        case SQL_TINYINT:
        case SQL_SMALLINT:
        case SQL_INTEGER:
        case SQL_BIGINT:
        case SQL_DECIMAL:
        case SQL_NUMERIC:
            return Value::Kind::integer;
        case SQL_CHAR:
        case SQL_VARCHAR:
        case SQL_LONGVARCHAR:
        case SQL_WCHAR:
        case SQL_WVARCHAR:
        case SQL_WLONGVARCHAR:
            return Value::Kind::text;
        case SQL_BINARY:
        case SQL_VARBINARY:
        case SQL_LONGVARBINARY:
            return Value::Kind::bytes;
        default:
            return Value::Kind::null;
    }
}

ColumnKinds columns(SQLHDBC connection, const std::string& sql) {
    SQLHSTMT made = nullptr;
    if (!SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_STMT, connection, &made))) throw std::runtime_error{"no handle"};
    const std::unique_ptr<void, void (*)(void*)> statement{made, [](void* s) { SQLFreeHandle(SQL_HANDLE_STMT, s); }};
    auto text = sql;
    SQLSMALLINT count = 0;
    if (!SQL_SUCCEEDED(
            SQLPrepare(made, reinterpret_cast<SQLCHAR*>(text.data()), static_cast<SQLINTEGER>(text.size()))) ||
        !SQL_SUCCEEDED(SQLNumResultCols(made, &count)))
        throw std::runtime_error{"not prepared: " + sql};
    ColumnKinds kinds;
    for (SQLSMALLINT i = 1; i <= count; ++i) {
        SQLSMALLINT type = 0;
        if (!SQL_SUCCEEDED(SQLDescribeCol(made, static_cast<SQLUSMALLINT>(i), nullptr, 0, nullptr, &type, nullptr,
                                          nullptr, nullptr)))
            throw std::runtime_error{"not described: " + sql};
        kinds.push_back(kind_of(type));
    }
    return kinds;
}

// The library keeps the type information of its backends to itself, so the sanitizer cannot check this cast.
[[nodiscard]] __attribute__((no_sanitize("vptr"))) SQLHDBC native_handle(soci::session& session) {
    return static_cast<soci::odbc_session_backend*>(session.get_backend())->hdbc_;
}

Preparing preparing(const std::string& connection) {
    need_odbc_manager();
    const auto session = std::make_shared<soci::session>(soci::odbc, connection);
    return [session](const std::string& sql) { return columns(native_handle(*session), sql); };
}

}  // namespace

// MariaDB as a stand-in: Oracle's words, its empty texts, and its count of the rows of a change (OPTION=2: those that
// are met, whether or not they differ), over a real ODBC driver.
const ServerUnderTest& server_under_test() {
    static const ServerUnderTest stand_in{
        ports::Backend::oracle, oracle_dialect(), "HCP_TEST_ORACLE",
        [](const std::string& socket, const std::string& database, const std::string& user) {
            return "DRIVER=MariaDB Unicode;SOCKET=" + socket + ";UID=" + user + ";DATABASE=" + database +
                   ";CHARSET=utf8mb4;OPTION=2;INITSTMT={set sql_mode='ORACLE,EMPTY_STRING_IS_NULL,STRICT_ALL_TABLES'}";
        },
        preparing};
    return stand_in;
}

}  // namespace hcp::store::test
