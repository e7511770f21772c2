#pragma once
#include <boost/json.hpp>

#include <optional>
#include <string_view>
#include <utility>

namespace hcp::openid {

// Nothing: the text is no JSON object.
[[nodiscard]] inline std::optional<boost::json::object> object_of(std::string_view text) {
    boost::system::error_code fault;
    auto value = boost::json::parse(text, fault);
    if (fault || !value.is_object()) return std::nullopt;
    return std::move(value.get_object());
}

// Nothing: it has no such member, or one of another type.
[[nodiscard]] inline std::optional<std::string_view> text_in(const boost::json::object& object, std::string_view name) {
    const auto* const value = object.if_contains(name);
    if (!value || !value->is_string()) return std::nullopt;
    return std::string_view{value->get_string()};
}
[[nodiscard]] inline const boost::json::array* list_in(const boost::json::object& object, std::string_view name) {
    const auto* const value = object.if_contains(name);
    return value ? value->if_array() : nullptr;
}

}  // namespace hcp::openid
