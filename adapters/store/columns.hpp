#pragma once
#include "plugin/domain/bytes.hpp"

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

// A row type's columns stand once, in `fields(io, row)` beside its subject: inserts, column lists of queries and
// reading all follow that list.
namespace hcp::store {

// A text that is part of a key and may be empty. Oracle has no empty text and keys have no null: a blank stands for it.
template <class Text>
struct KeyText {
    Text& text;
};
template <class Text>
KeyText(Text&) -> KeyText<Text>;

// A number that is not known while it is 0; null in the table.
template <class Number>
struct Learnt {
    Number& number;
};
template <class Number>
Learnt(Number&) -> Learnt<Number>;

template <class T, class Row>
concept Of = std::same_as<std::remove_const_t<T>, Row>;

template <class Row>
[[nodiscard]] std::vector<std::string_view> columns() {
    std::vector<std::string_view> names;
    const auto name = [&](std::string_view column, auto&&) { names.push_back(column); };
    const Row row{};
    fields(name, row);
    return names;
}

[[nodiscard]] std::vector<std::string_view> table_names();

// Of the table that a statement names in its marks. Throws std::logic_error where there is none of that name.
[[nodiscard]] std::vector<std::string_view> columns_of(std::string_view table);

}  // namespace hcp::store
