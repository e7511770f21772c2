#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hcp::web {

// Nothing for what is not well-formed: a broken escape, a NUL however it is written, or bytes that are not UTF-8.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space = false);
// For a value in a path or query: everything but unreserved characters is escaped.
[[nodiscard]] std::string percent_encode(std::string_view text);

// Fields of application/x-www-form-urlencoded, of a body or a query, in their order.
class Form {
public:
    // Nothing when a field cannot be decoded or there are unreasonably many.
    [[nodiscard]] static std::optional<Form> parse(std::string_view encoded);

    [[nodiscard]] std::string_view first(std::string_view name) const noexcept;  // empty when absent
    [[nodiscard]] std::vector<std::string> all(std::string_view name) const;

private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

// The value of one cookie in a Cookie header; empty when absent, and when it is there with two values: a neighbour's
// page may have set the other, and neither is to be preferred.
[[nodiscard]] std::string_view cookie_value(std::string_view header, std::string_view name) noexcept;

}  // namespace hcp::web
