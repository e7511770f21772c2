#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::web {

// Which peers are proxies of the operator's own, whose X-Forwarded-For counts.
class TrustedProxies {
public:
    // Addresses and prefixes ("10.0.0.0/8", "2001:db8::1"); what is neither trusts nobody.
    explicit TrustedProxies(const std::vector<std::string>& texts = {});
    [[nodiscard]] bool trusts(std::string_view address) const;
    // The person's address: from the right, the first that is not a trusted proxy. A header from anybody else is
    // ignored.
    [[nodiscard]] std::string client(std::string_view peer, std::string_view forwarded_for) const;

private:
    struct Prefix {
        std::array<std::uint8_t, 16> address;
        unsigned bits;
    };
    std::vector<Prefix> prefixes_;
};

// What is limited as one: an IPv4 address, or the /64 of an IPv6 one, which one customer has whole.
[[nodiscard]] std::string address_group(std::string_view address);

}  // namespace hcp::web
