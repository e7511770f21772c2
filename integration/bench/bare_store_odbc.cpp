#include "integration/bench/bare_store.hpp"

#include <sql.h>
#include <sqlext.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <utility>

namespace bare {
namespace {

class Odbc final : public Client {
public:
    explicit Odbc(const std::string& where) {
        SQLAllocHandle(SQL_HANDLE_ENV, SQL_NULL_HANDLE, &environment_);
        SQLSetEnvAttr(environment_, SQL_ATTR_ODBC_VERSION, reinterpret_cast<SQLPOINTER>(SQL_OV_ODBC3), 0);
        SQLAllocHandle(SQL_HANDLE_DBC, environment_, &connection_);
        const auto colon = where.rfind(':');
        auto text = "DRIVER=MariaDB Unicode;SOCKET=" + where.substr(0, colon) +
                    ";UID=root;DATABASE=" + where.substr(colon + 1) +
                    ";CHARSET=utf8mb4;INITSTMT={set sql_mode='ORACLE,EMPTY_STRING_IS_NULL,STRICT_ALL_TABLES'}";
        need(SQL_HANDLE_DBC, connection_,
             SQLDriverConnect(connection_, nullptr, chars(text), SQL_NTS, nullptr, 0, nullptr, SQL_DRIVER_NOPROMPT));
        SQLSetConnectAttr(connection_, SQL_ATTR_AUTOCOMMIT, SQL_AUTOCOMMIT_OFF, SQL_IS_UINTEGER);
    }
    ~Odbc() override {
        for (const auto& [key, statement] : prepared_) SQLFreeHandle(SQL_HANDLE_STMT, statement);
        SQLEndTran(SQL_HANDLE_DBC, connection_, SQL_ROLLBACK);
        SQLDisconnect(connection_);
        SQLFreeHandle(SQL_HANDLE_DBC, connection_);
        SQLFreeHandle(SQL_HANDLE_ENV, environment_);
    }

    Table read(const std::string& /*mysql_client's*/) override { return {}; }
    void begin() override { write("set transaction isolation level read committed", std::array{Row{}}); }
    void commit() override { need(SQL_HANDLE_DBC, connection_, SQLEndTran(SQL_HANDLE_DBC, connection_, SQL_COMMIT)); }

    void write(const std::string& sql, std::span<const Row> rows) override {
        while (!rows.empty()) {
            const auto some = rows.first(std::min(rows_at_once, rows.size()));
            run(prepared(sql, some.size() == 1), some);
            rows = rows.subspan(some.size());
        }
    }

private:
    struct Column {
        std::vector<char> values;
        std::vector<SQLLEN> lengths;
    };

    static SQLCHAR* chars(std::string& text) { return reinterpret_cast<SQLCHAR*>(text.data()); }
    static void need(SQLSMALLINT type, SQLHANDLE handle, SQLRETURN code) {
        if (SQL_SUCCEEDED(code) || code == SQL_NO_DATA) return;
        std::array<SQLCHAR, 6> state{};
        std::array<SQLCHAR, 500> text{};
        SQLGetDiagRec(type, handle, 1, state.data(), nullptr, text.data(), text.size(), nullptr);
        give_up("odbc", reinterpret_cast<const char*>(text.data()));
    }
    // An array and a single row do not share a statement: MariaDB's driver (3.1) mixes up what is bound then.
    SQLHSTMT prepared(std::string sql, bool single) {
        auto& statement = prepared_[{sql, single}];
        if (statement != nullptr) return statement;
        SQLAllocHandle(SQL_HANDLE_STMT, connection_, &statement);
        need(SQL_HANDLE_STMT, statement, SQLPrepare(statement, chars(sql), SQL_NTS));
        return statement;
    }
    void run(SQLHSTMT statement, std::span<const Row> rows) {
        // NOLINTNEXTLINE(performance-no-int-to-ptr): ODBC takes numbers so
        SQLSetStmtAttr(statement, SQL_ATTR_PARAMSET_SIZE, reinterpret_cast<SQLPOINTER>(rows.size()), SQL_IS_UINTEGER);
        auto& columns = columns_[statement];
        columns.resize(rows.front().size());
        for (std::size_t i = 0; i < columns.size(); ++i) bind(statement, i, columns[i], rows);
        need(SQL_HANDLE_STMT, statement, SQLExecute(statement));
        SQLFreeStmt(statement, SQL_CLOSE);
    }
    static void bind(SQLHSTMT statement, std::size_t at, Column& column, std::span<const Row> rows) {
        auto kind = Value::Kind::null;
        std::size_t size = sizeof(SQLBIGINT);
        for (const auto& row : rows) {
            if (row[at].kind != Value::Kind::null) kind = row[at].kind;
            size = std::max(size, row[at].content.size());
        }
        column.values.resize(rows.size() * size);
        column.lengths.resize(rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto& value = rows[i][at];
            auto* const to = column.values.data() + i * size;
            const bool is_number = value.kind == Value::Kind::integer;
            if (is_number) std::memcpy(to, &value.integer, sizeof value.integer);
            value.content.copy(to, value.content.size());
            column.lengths[i] = value.kind == Value::Kind::null ? SQL_NULL_DATA
                                : is_number                     ? static_cast<SQLLEN>(sizeof value.integer)
                                                                : static_cast<SQLLEN>(value.content.size());
        }
        const auto [c_type, sql_type] = types(kind);
        need(SQL_HANDLE_STMT, statement,
             SQLBindParameter(statement, static_cast<SQLUSMALLINT>(at + 1), SQL_PARAM_INPUT, c_type, sql_type, size, 0,
                              column.values.data(), static_cast<SQLLEN>(size), column.lengths.data()));
    }
    static std::pair<SQLSMALLINT, SQLSMALLINT> types(Value::Kind kind) {
        if (kind == Value::Kind::integer) return {SQL_C_SBIGINT, SQL_BIGINT};
        if (kind == Value::Kind::bytes) return {SQL_C_BINARY, SQL_VARBINARY};
        return {SQL_C_CHAR, SQL_VARCHAR};
    }

    SQLHENV environment_ = nullptr;
    SQLHDBC connection_ = nullptr;
    std::map<std::pair<std::string, bool>, SQLHSTMT> prepared_;
    std::map<SQLHSTMT, std::vector<Column>> columns_;
};

}  // namespace

std::unique_ptr<Client> odbc_client(const std::string& where) {
    return std::make_unique<Odbc>(where);
}

}  // namespace bare
