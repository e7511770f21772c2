#include "adapters/web/authority.hpp"

#include "adapters/web/ascii_case.hpp"
#include "plugin/domain/text.hpp"

#include <boost/url/authority_view.hpp>
#include <boost/url/grammar/alnum_chars.hpp>
#include <boost/url/parse.hpp>

#include <algorithm>

namespace hcp::web {

namespace urls = boost::urls;

std::optional<Authority> parse_authority(std::string_view text) {
    const auto read = urls::parse_authority(text);
    if (!read || read->has_userinfo()) return std::nullopt;
    Authority authority;
    authority.host = std::string{read->encoded_host_address()};
    const bool is_ip = read->host_type() == urls::host_type::ipv4 || read->host_type() == urls::host_type::ipv6;
    const auto of_a_name = [](char c) { return urls::grammar::alnum_chars(c) || c == '.' || c == '-' || c == '_'; };
    if (!is_ip && (read->host_type() != urls::host_type::name || !std::ranges::all_of(authority.host, of_a_name)))
        return std::nullopt;
    std::ranges::transform(authority.host, authority.host.begin(), in_small);
    if (authority.host.ends_with('.')) authority.host.pop_back();
    if (authority.host.empty()) return std::nullopt;
    if (read->has_port()) {
        authority.port = domain::whole_number<std::uint16_t>(std::string_view{read->port()});
        if (!authority.port) return std::nullopt;
    }
    return authority;
}

}  // namespace hcp::web
