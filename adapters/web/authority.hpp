#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hcp::web {

// A host and perhaps a port, as they stand in Host, in Origin behind the scheme, and in an absolute target.
struct Authority {
    std::string host;  // in small letters, without the brackets of IPv6 and without the dot at the end
    std::optional<std::uint16_t> port;
    friend bool operator==(const Authority&, const Authority&) = default;
};

// Nothing for what is no name and no IP address, such as one with a user's name before it.
[[nodiscard]] std::optional<Authority> parse_authority(std::string_view text);

}  // namespace hcp::web
