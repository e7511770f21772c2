#include "adapters/store/odbc_statement.hpp"

#include "plugin/domain/text.hpp"

#include <boost/locale/encoding_utf.hpp>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <utility>

namespace hcp::store {
namespace {

static_assert(sizeof(SQLWCHAR) == sizeof(char16_t));

constexpr SQLLEN unknown_length = SQL_NO_TOTAL;
// What a bound parameter of these types may hold before it has to be a LONG one.
constexpr std::size_t most_raw_bytes = 2000, most_text_bytes = 4000;
// What a column may have to be bound: these many bytes or characters. A number has fewer digits than this.
constexpr SQLULEN most_bound = 1000, most_digits = 100;

std::u16string utf16(std::string_view text) {
    return boost::locale::conv::utf_to_utf<char16_t>(text.data(), text.data() + text.size());
}
std::string utf8(std::u16string_view text) {
    return boost::locale::conv::utf_to_utf<char>(text.data(), text.data() + text.size());
}

bool failed(SQLRETURN code) {
    return code != SQL_SUCCESS && code != SQL_SUCCESS_WITH_INFO && code != SQL_NO_DATA;
}

}  // namespace

OdbcError odbc_error(SQLSMALLINT type, SQLHANDLE handle) {
    OdbcError error;
    std::array<SQLWCHAR, 6> state{};
    std::array<SQLWCHAR, 512> text{};
    SQLSMALLINT length = 0;
    // In UTF-16: bytes would come in the character set of the client's environment.
    if (failed(SQLGetDiagRecW(type, handle, 1, state.data(), &error.native, text.data(), text.size(), &length)))
        return error;
    std::transform(state.begin(), state.end() - 1, error.state.begin(),
                   [](SQLWCHAR c) { return static_cast<char>(c); });
    const auto end = std::find(text.begin(), text.end(), SQLWCHAR{0});
    error.text = utf8(std::u16string{text.begin(), end});
    return error;
}

OdbcStatement::OdbcStatement(SQLHDBC connection, const std::string& sql, const OdbcDriver& driver) : driver_{driver} {
    if (failed(SQLAllocHandle(SQL_HANDLE_STMT, connection, &statement_))) throw odbc_error(SQL_HANDLE_DBC, connection);
    if (driver_.query_timeout_s != 0)
        (void)SQLSetStmtAttr(statement_, SQL_ATTR_QUERY_TIMEOUT, number_for_odbc(driver_.query_timeout_s), 0);
    const auto code = SQLPrepare(
        statement_, reinterpret_cast<SQLCHAR*>(const_cast<char*>(sql.c_str())),  // NOLINT: ODBC does not write to it
        static_cast<SQLINTEGER>(sql.size()));
    if (!failed(code)) return;
    const auto error = odbc_error(SQL_HANDLE_STMT, statement_);
    SQLFreeHandle(SQL_HANDLE_STMT, statement_);
    throw error;
}

OdbcStatement::OdbcStatement(OdbcStatement&& other) noexcept
    : statement_{std::exchange(other.statement_, nullptr)}, driver_{other.driver_} {}

OdbcStatement::~OdbcStatement() {
    if (statement_ != nullptr) SQLFreeHandle(SQL_HANDLE_STMT, statement_);
}

void OdbcStatement::check(SQLRETURN code) {
    if (failed(code)) throw odbc_error(SQL_HANDLE_STMT, statement_);
}

void OdbcStatement::bind(SQLUSMALLINT position, Column& column, std::span<const Value> values, std::size_t first,
                         std::size_t width) {
    const auto rows = values.size() / std::max<std::size_t>(1, width);  // one without values has no parameters to bind
    const auto value = [&](std::size_t row) -> const Value& { return values[row * width + first]; };
    auto kind = Value::Kind::null;
    std::vector<std::u16string> texts;
    std::size_t size = 1;
    for (std::size_t row = 0; row < rows; ++row) {
        const auto& one = value(row);
        if (one.type != Value::Kind::null) kind = one.type;
        size = std::max(size, one.content.size());
    }
    const bool wide = kind == Value::Kind::text && driver_.oracle;
    if (wide) {
        texts.resize(rows);
        size = sizeof(SQLWCHAR);
        for (std::size_t row = 0; row < rows; ++row) {
            texts[row] = utf16(value(row).content);
            size = std::max(size, texts[row].size() * sizeof(SQLWCHAR));
        }
    }
    const bool as_text = kind == Value::Kind::integer && driver_.oracle;
    if (kind == Value::Kind::integer) size = as_text ? std::size_t{24} : sizeof(SQLBIGINT);

    column.values.resize(rows * size);
    column.lengths.resize(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        auto* const to = column.values.data() + row * size;
        const auto& one = value(row);
        auto& length = column.lengths[row];
        switch (one.kind) {
            case Value::Kind::null:
                length = SQL_NULL_DATA;
                break;
            case Value::Kind::integer:
                length = sizeof(SQLBIGINT);
                if (as_text)
                    length = std::to_chars(to, to + size, one.integer).ptr - to;
                else
                    std::memcpy(to, &one.integer, sizeof one.integer);
                break;
            case Value::Kind::text:
            case Value::Kind::bytes: {
                const auto bytes = wide ? std::string_view{reinterpret_cast<const char*>(texts[row].data()),
                                                           texts[row].size() * sizeof(SQLWCHAR)}
                                        : one.content;
                length = static_cast<SQLLEN>(bytes.size());
                bytes.copy(to, bytes.size());
                break;
            }
        }
    }

    SQLSMALLINT c_type = SQL_C_CHAR, sql_type = size > most_text_bytes ? SQL_LONGVARCHAR : SQL_VARCHAR;
    SQLULEN precision = size;
    if (kind == Value::Kind::integer) {
        c_type = as_text ? SQL_C_CHAR : SQL_C_SBIGINT;
        sql_type = as_text ? SQL_NUMERIC : SQL_BIGINT;
        precision = 19;
    } else if (kind == Value::Kind::bytes) {
        c_type = SQL_C_BINARY;
        sql_type = size > most_raw_bytes ? SQL_LONGVARBINARY : SQL_VARBINARY;
    } else if (wide) {
        c_type = SQL_C_WCHAR;
        sql_type = size > most_text_bytes ? SQL_WLONGVARCHAR : SQL_WVARCHAR;
        precision = size / sizeof(SQLWCHAR);
    }
    check(SQLBindParameter(statement_, position, SQL_PARAM_INPUT, c_type, sql_type, precision, 0, column.values.data(),
                           static_cast<SQLLEN>(size), column.lengths.data()));
}

std::int64_t OdbcStatement::run(std::span<const Value> values, std::span<const std::size_t> at, std::size_t width) {
    const auto rows = width == 0 ? std::size_t{1} : values.size() / width;
    check(SQLSetStmtAttr(statement_, SQL_ATTR_PARAMSET_SIZE, number_for_odbc(rows), SQL_IS_UINTEGER));
    // An array never lies where a single row lay: MariaDB's driver (3.1) takes it for its own then, and sends the
    // pointers that it writes into it.
    auto& columns = rows == 1 ? single_ : array_;
    columns.resize(at.size());
    for (std::size_t i = 0; i < at.size(); ++i)
        bind(static_cast<SQLUSMALLINT>(i + 1), columns[i], values, at[i], width);
    check(SQLExecute(statement_));
    SQLLEN changed = 0;
    check(SQLRowCount(statement_, &changed));
    return changed;
}

void OdbcStatement::describe() {
    described_ = true;
    SQLSMALLINT count = 0;
    check(SQLNumResultCols(statement_, &count));
    cells_.resize(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        SQLSMALLINT type = 0;
        SQLULEN size = 0;
        check(SQLDescribeCol(statement_, static_cast<SQLUSMALLINT>(i + 1), nullptr, 0, nullptr, &type, &size, nullptr,
                             nullptr));
        switch (type) {
            case SQL_BINARY:
            case SQL_VARBINARY:
            case SQL_LONGVARBINARY:
                cells_[i].kind = Kind::bytes;
                break;
            case SQL_CHAR:
            case SQL_VARCHAR:
            case SQL_LONGVARCHAR:
            case SQL_WCHAR:
            case SQL_WVARCHAR:
            case SQL_WLONGVARCHAR:
                cells_[i].kind = Kind::text;
                break;
            default:
                cells_[i].kind = Kind::number;
                size = most_digits;
                break;
        }
        if (driver_.binds_columns && size > 0 && size <= most_bound)
            bind(static_cast<SQLUSMALLINT>(i + 1), cells_[i], size);
    }
}

// A character takes four bytes at most, in UTF-8 as in UTF-16.
void OdbcStatement::bind(SQLUSMALLINT column, Cell& cell, SQLULEN size) {
    cell.bound.resize(cell.kind == Kind::text ? 4 * size + sizeof(SQLWCHAR) : size);
    check(SQLBindCol(statement_, column, type_of(cell), cell.bound.data(), static_cast<SQLLEN>(cell.bound.size()),
                     &cell.length));
}

SQLSMALLINT OdbcStatement::type_of(const Cell& cell) const {
    if (cell.kind == Kind::bytes) return SQL_C_BINARY;
    return is_wide(cell) ? SQL_C_WCHAR : SQL_C_CHAR;
}

bool OdbcStatement::fetch() {
    if (!described_) describe();
    const auto code = SQLFetch(statement_);
    check(code);
    if (code == SQL_NO_DATA) return false;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        auto& cell = cells_[i];
        cell.content.clear();  // of the row before; a null has none
        if (cell.bound.empty()) {
            read(static_cast<SQLUSMALLINT>(i + 1), cell);
            continue;
        }
        cell.null = cell.length == SQL_NULL_DATA;
        if (cell.null) continue;
        if (cell.length < 0 || static_cast<std::size_t>(cell.length) > cell.bound.size())
            throw StoreError{store_errc::corrupt};  // longer than its column
        take(cell, {cell.bound.data(), static_cast<std::size_t>(cell.length)});
    }
    return true;
}

void OdbcStatement::take(Cell& cell, std::string_view raw) const {
    if (!is_wide(cell)) {
        cell.content = raw;
        return;
    }
    std::u16string text(raw.size() / sizeof(char16_t), u'\0');
    std::memcpy(text.data(), raw.data(), text.size() * sizeof(char16_t));
    cell.content = utf8(text);
}

void OdbcStatement::read(SQLUSMALLINT column, Cell& cell) {
    const auto type = type_of(cell);
    // A text ends in a null of its own in each part.
    const std::size_t end = type == SQL_C_BINARY ? 0 : type == SQL_C_WCHAR ? sizeof(SQLWCHAR) : 1;
    if (buffer_.empty()) buffer_.resize(8192);
    std::string raw;
    for (;;) {
        SQLLEN left = 0;
        const auto code =
            SQLGetData(statement_, column, type, buffer_.data(), static_cast<SQLLEN>(buffer_.size()), &left);
        check(code);
        if (code == SQL_NO_DATA) break;
        cell.null = left == SQL_NULL_DATA;
        if (cell.null) return;
        const auto room = buffer_.size() - end;
        const bool more = left == unknown_length || static_cast<std::size_t>(left) > room;
        raw.append(buffer_.data(), more ? room : static_cast<std::size_t>(left));
        if (code == SQL_SUCCESS || !more) break;
    }
    take(cell, raw);
}

std::int64_t OdbcStatement::integer(int column) const {
    if (null(column)) return 0;
    // What was counted with decimals has them still: "20637.0000".
    auto digits = text(column);
    if (const auto point = digits.find('.');
        point != std::string_view::npos && digits.find_first_not_of('0', point + 1) == std::string_view::npos)
        digits = digits.substr(0, point);
    const auto number = domain::whole_number<std::int64_t>(digits);
    if (!number) throw StoreError{store_errc::corrupt};
    return *number;
}

}  // namespace hcp::store
