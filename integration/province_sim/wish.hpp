// Reading the members of a JSON object that somebody sent to the control port.
// All throw std::invalid_argument, which names the key and says what is wanted.
#pragma once
#include <boost/json/value.hpp>

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace province_sim {

std::int64_t integer(const boost::json::value& value, std::string_view key, std::int64_t least, std::int64_t most);
std::string text(const boost::json::value& value, std::string_view key);
bool truth(const boost::json::value& value, std::string_view key);
// From 0 to 1.
double probability(const boost::json::value& value, std::string_view key);

template <class Value>
struct Named {
    std::string_view name;
    Value value;
};

template <class Value, std::size_t size>
Value one_of(const boost::json::value& value, std::string_view key, const Named<Value> (&table)[size]) {
    std::string names;
    for (const auto& row : table) {
        if (value.is_string() && value.get_string() == row.name) return row.value;
        names += names.empty() ? "" : ", ";
        names += row.name;
    }
    throw std::invalid_argument{std::string{key} + ": one of " + names};
}

template <class Value, std::size_t size>
std::string_view name_in(const Named<Value> (&table)[size], Value value) {
    for (const auto& row : table)
        if (row.value == value) return row.name;
    return {};
}

}  // namespace province_sim
