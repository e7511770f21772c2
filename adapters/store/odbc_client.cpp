#include "adapters/store/odbc_client.hpp"

#include "adapters/store/client_library.hpp"

#include <soci/error.h>

#include <algorithm>
#include <array>

namespace hcp::store {
namespace {

void* odbc_manager() {
    constexpr std::array libraries{"libodbc.so.2", "libodbc.so.1"};
    static void* const opened = client_library(libraries);
    return opened;
}

thread_local const OdbcPatience* patience_here = nullptr;

}  // namespace

void need_odbc_manager() {
    if (odbc_manager() == nullptr)
        throw soci::soci_error{
            "本机没有 ODBC 驱动管理器；请安装 unixODBC（Debian、Ubuntu：libodbc2；RHEL、openEuler、麒麟：unixODBC）"
            "和数据库厂商的 ODBC 驱动（Oracle：instantclient-odbc）"};
}

OdbcPatience::OdbcPatience(std::chrono::milliseconds connecting, std::chrono::milliseconds answering)
    : connecting_{connecting}, answering_{answering} {
    patience_here = this;
}

OdbcPatience::~OdbcPatience() {
    patience_here = nullptr;
}

void be_patient(SQLHDBC connection) {
    if (patience_here == nullptr) return;
    const auto set = [&](SQLINTEGER attribute, std::chrono::milliseconds time) {
        const auto seconds = std::max<SQLULEN>(1, static_cast<SQLULEN>(time.count() + 999) / 1000);
        // A driver may not know the attribute; it then waits as its own settings say.
        (void)SQLSetConnectAttr(connection, attribute, number_for_odbc(seconds), SQL_IS_UINTEGER);
    };
    set(SQL_ATTR_LOGIN_TIMEOUT, patience_here->connecting_);
    set(SQL_ATTR_CONNECTION_TIMEOUT, patience_here->answering_);
}

}  // namespace hcp::store

// What SOCI's backend and our session call.
#define HCP_ODBC(name, parameters, arguments) \
    HCP_FORWARD(hcp::store::odbc_manager, SQLRETURN SQL_API, name, parameters, arguments)

extern "C" {
HCP_ODBC(SQLAllocHandle, (SQLSMALLINT type, SQLHANDLE in, SQLHANDLE* out), (type, in, out))
HCP_ODBC(SQLBindCol, (SQLHSTMT s, SQLUSMALLINT column, SQLSMALLINT type, SQLPOINTER value, SQLLEN size, SQLLEN* length),
         (s, column, type, value, size, length))
HCP_ODBC(SQLBindParameter,
         (SQLHSTMT s, SQLUSMALLINT at, SQLSMALLINT in_out, SQLSMALLINT c_type, SQLSMALLINT sql_type, SQLULEN width,
          SQLSMALLINT digits, SQLPOINTER value, SQLLEN size, SQLLEN* length),
         (s, at, in_out, c_type, sql_type, width, digits, value, size, length))
HCP_ODBC(SQLCloseCursor, (SQLHSTMT s), (s))
HCP_ODBC(SQLDescribeCol,
         (SQLHSTMT s, SQLUSMALLINT column, SQLCHAR* name, SQLSMALLINT size, SQLSMALLINT* length, SQLSMALLINT* type,
          SQLULEN* width, SQLSMALLINT* digits, SQLSMALLINT* nullable),
         (s, column, name, size, length, type, width, digits, nullable))
HCP_ODBC(SQLDisconnect, (SQLHDBC c), (c))
HCP_ODBC(SQLEndTran, (SQLSMALLINT type, SQLHANDLE handle, SQLSMALLINT how), (type, handle, how))
HCP_ODBC(SQLExecDirect, (SQLHSTMT s, SQLCHAR* sql, SQLINTEGER size), (s, sql, size))
HCP_ODBC(SQLExecute, (SQLHSTMT s), (s))
HCP_ODBC(SQLFetch, (SQLHSTMT s), (s))
HCP_ODBC(SQLFreeHandle, (SQLSMALLINT type, SQLHANDLE handle), (type, handle))
HCP_ODBC(SQLFreeStmt, (SQLHSTMT s, SQLUSMALLINT what), (s, what))
HCP_ODBC(SQLGetConnectAttr, (SQLHDBC c, SQLINTEGER attribute, SQLPOINTER value, SQLINTEGER size, SQLINTEGER* length),
         (c, attribute, value, size, length))
HCP_ODBC(SQLGetData, (SQLHSTMT s, SQLUSMALLINT column, SQLSMALLINT type, SQLPOINTER value, SQLLEN size, SQLLEN* length),
         (s, column, type, value, size, length))
HCP_ODBC(SQLGetDiagField,
         (SQLSMALLINT type, SQLHANDLE handle, SQLSMALLINT record, SQLSMALLINT field, SQLPOINTER value, SQLSMALLINT size,
          SQLSMALLINT* length),
         (type, handle, record, field, value, size, length))
HCP_ODBC(SQLGetDiagRecA,
         (SQLSMALLINT type, SQLHANDLE handle, SQLSMALLINT record, SQLCHAR* state, SQLINTEGER* native, SQLCHAR* text,
          SQLSMALLINT size, SQLSMALLINT* length),
         (type, handle, record, state, native, text, size, length))
HCP_ODBC(SQLGetDiagRecW,
         (SQLSMALLINT type, SQLHANDLE handle, SQLSMALLINT record, SQLWCHAR* state, SQLINTEGER* native, SQLWCHAR* text,
          SQLSMALLINT size, SQLSMALLINT* length),
         (type, handle, record, state, native, text, size, length))
HCP_ODBC(SQLGetInfo, (SQLHDBC c, SQLUSMALLINT what, SQLPOINTER value, SQLSMALLINT size, SQLSMALLINT* length),
         (c, what, value, size, length))
HCP_ODBC(SQLMoreResults, (SQLHSTMT s), (s))
HCP_ODBC(SQLNumResultCols, (SQLHSTMT s, SQLSMALLINT* columns), (s, columns))
HCP_ODBC(SQLPrepare, (SQLHSTMT s, SQLCHAR* sql, SQLINTEGER size), (s, sql, size))
HCP_ODBC(SQLRowCount, (SQLHSTMT s, SQLLEN* rows), (s, rows))
HCP_ODBC(SQLSetConnectAttr, (SQLHDBC c, SQLINTEGER attribute, SQLPOINTER value, SQLINTEGER size),
         (c, attribute, value, size))
HCP_ODBC(SQLSetEnvAttr, (SQLHENV e, SQLINTEGER attribute, SQLPOINTER value, SQLINTEGER size),
         (e, attribute, value, size))
HCP_ODBC(SQLSetStmtAttr, (SQLHSTMT s, SQLINTEGER attribute, SQLPOINTER value, SQLINTEGER size),
         (s, attribute, value, size))
HCP_ODBC(SQLTables,
         (SQLHSTMT s, SQLCHAR* catalog, SQLSMALLINT n1, SQLCHAR* schema, SQLSMALLINT n2, SQLCHAR* table, SQLSMALLINT n3,
          SQLCHAR* type, SQLSMALLINT n4),
         (s, catalog, n1, schema, n2, table, n3, type, n4))

SQLRETURN SQL_API SQLDriverConnect(SQLHDBC c, SQLHWND window, SQLCHAR* in, SQLSMALLINT in_size, SQLCHAR* out,
                                   SQLSMALLINT out_size, SQLSMALLINT* length, SQLUSMALLINT completion) {
    static auto* const theirs = reinterpret_cast<decltype(&SQLDriverConnect)>(
        hcp::store::client_function(hcp::store::odbc_manager(), "SQLDriverConnect"));
    hcp::store::be_patient(c);
    return theirs(c, window, in, in_size, out, out_size, length, completion);
}
}
#undef HCP_ODBC
