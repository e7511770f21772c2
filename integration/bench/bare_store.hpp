// What the bare side of store.sh and rate.sh writes with: a client library, and no more than it needs.
#pragma once
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bare {

struct Value {
    enum class Kind : std::uint8_t { null, integer, text, bytes } kind = Kind::null;
    std::int64_t integer = 0;
    std::string content;
};
using Row = std::vector<Value>;
struct Table {
    std::vector<std::string> columns;
    std::vector<Row> rows;
};

// One connection. Whatever fails ends the program.
class Client {
public:
    virtual ~Client() = default;
    virtual Table read(const std::string& sql) = 0;
    virtual void begin() = 0;
    virtual void commit() = 0;
    // Runs a statement, its parameters `?`, once for each row, in the library's fastest way.
    virtual void write(const std::string& sql, std::span<const Row> rows) = 0;
};

// WHERE: a file, or SOCKET:DATABASE. The server that stands in for Oracle is read by its native client: reading is not
// what is measured.
std::unique_ptr<Client> sqlite_client(const std::string& where);
std::unique_ptr<Client> mysql_client(const std::string& where);
std::unique_ptr<Client> odbc_client(const std::string& where);

inline constexpr std::size_t rows_at_once = 500;

[[noreturn]] inline void give_up(std::string_view library, std::string_view why) {
    std::fprintf(stderr, "bare: %.*s: %.*s\n", static_cast<int>(library.size()), library.data(),
                 static_cast<int>(why.size()), why.data());
    std::exit(EXIT_FAILURE);
}

}  // namespace bare
