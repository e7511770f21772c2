#include "adapters/web/addresses.hpp"

#include "adapters/web/authority.hpp"
#include "plugin/domain/text.hpp"

#include <boost/url/ipv4_address.hpp>
#include <boost/url/ipv6_address.hpp>

#include <algorithm>

namespace hcp::web {
namespace {

using Bytes16 = std::array<std::uint8_t, 16>;
constexpr unsigned v4_offset = 96;  // IPv4 as ::ffff:a.b.c.d, so that there is one kind of address

std::optional<Bytes16> parse(std::string_view text) {
    if (const auto v6 = boost::urls::parse_ipv6_address(text)) return v6->to_bytes();
    const auto v4 = boost::urls::parse_ipv4_address(text);
    if (!v4) return std::nullopt;
    Bytes16 bytes{};
    bytes[10] = bytes[11] = 0xFF;
    std::ranges::copy(v4->to_bytes(), bytes.begin() + 12);
    return bytes;
}

// Some proxies write the port as well: 198.51.100.7:40112, [2001:db8::7]:40112.
std::optional<std::string> without_port(std::string_view text) {
    if (parse(text)) return std::string{text};
    auto read = parse_authority(text);
    if (!read || !parse(read->host)) return std::nullopt;
    return std::move(read->host);
}

bool is_v4(const Bytes16& a) {
    return std::all_of(a.begin(), a.begin() + 10, [](auto b) { return b == 0; }) && a[10] == 0xFF && a[11] == 0xFF;
}

bool shares(const Bytes16& a, const Bytes16& b, unsigned bits) {
    for (unsigned i = 0; i < bits; ++i) {
        const auto mask = static_cast<std::uint8_t>(0x80u >> (i % 8));
        if ((a[i / 8] & mask) != (b[i / 8] & mask)) return false;
    }
    return true;
}

}  // namespace

TrustedProxies::TrustedProxies(const std::vector<std::string>& texts) {
    for (const std::string_view text : texts) {
        const auto slash = std::min(text.find('/'), text.size());
        const auto address = parse(text.substr(0, slash));
        if (!address) continue;
        const unsigned offset = is_v4(*address) ? v4_offset : 0;
        const unsigned most = 128 - offset;
        const auto bits = slash == text.size() ? most : domain::whole_number<unsigned>(text.substr(slash + 1));
        if (bits && *bits <= most) prefixes_.push_back({*address, *bits + offset});
    }
}

bool TrustedProxies::trusts(std::string_view address) const {
    const auto bytes = parse(address);
    return bytes && std::any_of(prefixes_.begin(), prefixes_.end(),
                                [&](const auto& p) { return shares(p.address, *bytes, p.bits); });
}

std::string TrustedProxies::client(std::string_view peer, std::string_view forwarded_for) const {
    std::string current{peer};
    while (trusts(current) && !forwarded_for.empty()) {
        const auto comma = forwarded_for.rfind(',');
        const auto next = domain::trimmed(
            comma == std::string_view::npos ? forwarded_for : forwarded_for.substr(comma + 1), domain::line_blanks);
        forwarded_for = comma == std::string_view::npos ? std::string_view{} : forwarded_for.substr(0, comma);
        auto address = without_port(next);
        if (!address) break;
        current = *std::move(address);
    }
    return current;
}

std::string address_group(std::string_view address) {
    const auto bytes = parse(address);
    if (!bytes) return std::string{address};
    const auto kept = is_v4(*bytes) ? bytes->size() : std::size_t{8};
    return {bytes->begin(), bytes->begin() + static_cast<std::ptrdiff_t>(kept)};
}

}  // namespace hcp::web
