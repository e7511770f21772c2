#pragma once
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/store.hpp"

#include <cstdint>
#include <exception>
#include <string_view>

namespace hcp::store {

// How an operation ends inside the adapter; becomes an error_code where it leaves it.
struct StoreError : std::exception {
    explicit StoreError(ports::store_errc c) : code{c} {}
    const char* what() const noexcept override { return "store"; }
    ports::store_errc code;
};

// One value of a statement. Text and bytes are borrowed until the statement has run.
struct Value {
    enum class Kind : std::uint8_t { null, integer, text, bytes };

    Value() = default;
    Value(std::int64_t n) : kind{Kind::integer}, integer{n} {}  // NOLINT: a value is what it is given
    static Value text(std::string_view s) { return {Kind::text, s}; }
    static Value bytes(ports::View b) { return {Kind::bytes, ports::as_text(b)}; }

    Kind kind = Kind::null;
    std::int64_t integer = 0;
    std::string_view content;

private:
    Value(Kind k, std::string_view s) : kind{k}, content{s} {}
};

// The row a query stands on. What it hands out is borrowed until the next row.
class Row {
public:
    virtual ~Row() = default;
    [[nodiscard]] virtual bool null(int column) const = 0;
    [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
    [[nodiscard]] virtual std::string_view text(int column) const = 0;
    [[nodiscard]] virtual ports::View bytes(int column) const = 0;
};

}  // namespace hcp::store
