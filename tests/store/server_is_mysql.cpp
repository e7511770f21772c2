#include "adapters/store/client_library.hpp"
#include "adapters/store/mysql_client.hpp"
#include "tests/store/server_under_test.hpp"

#include <soci/mysql/soci-mysql.h>
#include <soci/soci.h>

#include <dlfcn.h>

#include <array>
#include <memory>
#include <stdexcept>

namespace hcp::store::test {
namespace {

// What the product does not call of the client library, and so does not forward.
template <class Function>
Function* in_client(const char* name) {
    static void* const library = client_library(std::array{"libmariadb.so.3", "libmysqlclient.so.21"});
    return reinterpret_cast<Function*>(::dlsym(library, name));
}

Value::Kind kind_of(const MYSQL_FIELD& field) {
    constexpr unsigned binary = 63;  // the character set of what has none
    switch (field.type) {
        case MYSQL_TYPE_TINY:
        case MYSQL_TYPE_SHORT:
        case MYSQL_TYPE_INT24:
        case MYSQL_TYPE_LONG:
        case MYSQL_TYPE_LONGLONG:
        case MYSQL_TYPE_DECIMAL:
        case MYSQL_TYPE_NEWDECIMAL:
            return Value::Kind::integer;
        case MYSQL_TYPE_STRING:
        case MYSQL_TYPE_VAR_STRING:
        case MYSQL_TYPE_VARCHAR:
        case MYSQL_TYPE_TINY_BLOB:
        case MYSQL_TYPE_MEDIUM_BLOB:
        case MYSQL_TYPE_LONG_BLOB:
        case MYSQL_TYPE_BLOB:
            return field.charsetnr == binary ? Value::Kind::bytes : Value::Kind::text;
        default:
            return Value::Kind::null;
    }
}

ColumnKinds columns(MYSQL* connection, const std::string& sql) {
    const auto error = in_client<decltype(mysql_stmt_error)>("mysql_stmt_error");
    const std::unique_ptr<MYSQL_STMT, decltype(mysql_stmt_close)*> statement{
        in_client<decltype(mysql_stmt_init)>("mysql_stmt_init")(connection),
        in_client<decltype(mysql_stmt_close)>("mysql_stmt_close")};
    if (in_client<decltype(mysql_stmt_prepare)>("mysql_stmt_prepare")(statement.get(), sql.data(), sql.size()) != 0)
        throw std::runtime_error{error(statement.get())};
    const std::unique_ptr<MYSQL_RES, decltype(mysql_free_result)*> result{
        in_client<decltype(mysql_stmt_result_metadata)>("mysql_stmt_result_metadata")(statement.get()),
        mysql_free_result};
    ColumnKinds kinds;
    if (result == nullptr) return kinds;
    const auto count = in_client<decltype(mysql_num_fields)>("mysql_num_fields")(result.get());
    for (unsigned i = 0; i < count; ++i) kinds.push_back(kind_of(*mysql_fetch_field_direct(result.get(), i)));
    return kinds;
}

// The library keeps the type information of its backends to itself, so the sanitizer cannot check this cast.
[[nodiscard]] __attribute__((no_sanitize("vptr"))) MYSQL* native_handle(soci::session& session) {
    return static_cast<soci::mysql_session_backend*>(session.get_backend())->conn_;
}

Preparing preparing(const std::string& connection) {
    need_mysql_client();
    const auto session = std::make_shared<soci::session>(soci::mysql, connection);
    return [session](const std::string& sql) { return columns(native_handle(*session), sql); };
}

}  // namespace

const ServerUnderTest& server_under_test() {
    static const ServerUnderTest mariadb{
        ports::Backend::mysql, mysql_dialect(), "HCP_TEST_MYSQL",
        [](const std::string& socket, const std::string& database, const std::string& user) {
            return "db=" + database + " user=" + user + " unix_socket=" + socket;
        },
        preparing};
    return mariadb;
}

}  // namespace hcp::store::test
