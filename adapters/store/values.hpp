#pragma once
#include "plugin/domain/bytes.hpp"
#include "plugin/ports/store/errors.hpp"

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace hcp::store {

using ports::store_errc;

// How an operation ends inside the adapter; becomes an error_code where it leaves it.
struct StoreError : std::exception {
    explicit StoreError(store_errc c, std::string said = {}, bool not_allowed = false)
        : code{c}, complaint{std::move(said)}, lacks_right{not_allowed} {}
    const char* what() const noexcept override { return "store"; }
    store_errc code;
    std::string complaint;     // complaint_of() what the database said, or what is wrong with its schema; else empty
    bool lacks_right = false;  // our user may not do that
};

// One value of a statement. Text and bytes are borrowed until the statement has run.
struct Value {
    enum class Kind : std::uint8_t { null, integer, text, bytes };

    Value() = default;
    Value(std::int64_t n) : kind{Kind::integer}, type{kind}, integer{n} {}  // NOLINT: a value is what it is given
    static Value text(std::string_view s) { return {Kind::text, Kind::text, s}; }
    static Value bytes(domain::View b) { return {Kind::bytes, Kind::bytes, domain::as_text(b)}; }
    static Value none_of(Kind type) { return {Kind::null, type, {}}; }

    Kind kind = Kind::null;
    Kind type = Kind::null;  // of a null as well: Oracle takes no text for a number, not even where there is none
    std::int64_t integer = 0;
    std::string_view content;

private:
    Value(Kind k, Kind t, std::string_view s) : kind{k}, type{t}, content{s} {}
};

// The row a query stands on. What it hands out is borrowed until the next row.
class Row {
public:
    virtual ~Row() = default;
    [[nodiscard]] virtual bool null(int column) const = 0;
    [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
    [[nodiscard]] virtual std::string_view text(int column) const = 0;
    [[nodiscard]] virtual domain::View bytes(int column) const = 0;
};

}  // namespace hcp::store
