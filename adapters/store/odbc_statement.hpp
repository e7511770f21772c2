#pragma once
#include "adapters/store/odbc_client.hpp"
#include "adapters/store/oracle_errors.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::store {

// What a driver differs in.
struct OdbcDriver {
    // Oracle's has no 64-bit integers in C: they travel as text (SOCI does the same). Elsewhere that would be compared
    // as text, or as a float. Its texts travel as UTF-16, in which alone it does not change them; MariaDB's takes 默
    // for half of a character then (3.1: it looks at the low byte), so that its are bytes of UTF-8.
    bool oracle = true;
    SQLULEN query_timeout_s = 0;
    // A column may be asked for that stands before one that is bound, so that short ones can be. MariaDB's driver walks
    // over all columns of a row for each that is asked for: with a hundred of them that was half of its client's work.
    bool binds_columns = false;
};

// An error of an ODBC function; the session says what it means.
struct OdbcError {
    std::array<char, 5> state{};
    SQLINTEGER native = 0;
    std::string text;
    [[nodiscard]] OdbcFault fault(bool oracle) const { return {{state.data(), state.size()}, native, oracle}; }
};
[[nodiscard]] OdbcError odbc_error(SQLSMALLINT type, SQLHANDLE handle);

// A prepared statement on SOCI's own connection, whose parameters are bound as arrays: SOCI's vectors have no byte
// strings, and its texts no UTF-16. Throws OdbcError.
class OdbcStatement final : public Row {
public:
    OdbcStatement(SQLHDBC connection, const std::string& sql, const OdbcDriver&);
    OdbcStatement(OdbcStatement&& other) noexcept;
    OdbcStatement& operator=(OdbcStatement&&) = delete;
    ~OdbcStatement() override;

    // Runs it once for each row; rows lie one behind the other, `at[i]` is the place of the i-th parameter in a row of
    // `width`. Answers how many rows were changed in all.
    std::int64_t run(std::span<const Value> values, std::span<const std::size_t> at, std::size_t width);

    // After a run of a query: true while there is a row, whose values are then here.
    bool fetch();
    void close() noexcept { SQLFreeStmt(statement_, SQL_CLOSE); }

    [[nodiscard]] bool null(int column) const override { return cell(column).null; }
    [[nodiscard]] std::int64_t integer(int column) const override;
    [[nodiscard]] std::string_view text(int column) const override { return cell(column).content; }
    [[nodiscard]] domain::View bytes(int column) const override { return domain::as_bytes(cell(column).content); }

private:
    enum class Kind : std::uint8_t { number, text, bytes };
    struct Cell {
        Kind kind = Kind::number;
        bool null = true;
        std::string content;
        std::vector<char> bound;  // where the driver puts it; empty: asked for when it is there
        SQLLEN length = 0;
    };
    // The values of one parameter, one after another.
    struct Column {
        std::vector<char> values;
        std::vector<SQLLEN> lengths;
    };

    [[nodiscard]] const Cell& cell(int column) const { return cells_[static_cast<std::size_t>(column)]; }
    void check(SQLRETURN);
    void bind(SQLUSMALLINT position, Column&, std::span<const Value> values, std::size_t first, std::size_t width);
    void describe();
    void bind(SQLUSMALLINT column, Cell&, SQLULEN size);
    [[nodiscard]] bool is_wide(const Cell& cell) const { return cell.kind == Kind::text && driver_.oracle; }
    [[nodiscard]] SQLSMALLINT type_of(const Cell&) const;
    void take(Cell&, std::string_view raw) const;
    void read(SQLUSMALLINT column, Cell&);

    SQLHSTMT statement_ = nullptr;
    OdbcDriver driver_;
    std::vector<Column> single_, array_;
    std::vector<Cell> cells_;
    bool described_ = false;
    std::vector<char> buffer_;
};

}  // namespace hcp::store
