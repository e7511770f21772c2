#include "adapters/config/value.hpp"

#include "adapters/config/schema.hpp"
#include "adapters/config/secret_file.hpp"
#include "plugin/domain/text.hpp"
#include "plugin/domain/utf8.hpp"

#include <boost/url/authority_view.hpp>
#include <boost/url/grammar/alnum_chars.hpp>
#include <boost/url/ipv4_address.hpp>
#include <boost/url/ipv6_address.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <set>
#include <system_error>

namespace hcp::config {
namespace {

namespace fs = std::filesystem;
namespace urls = boost::urls;
using Read = std::variant<Value, Wrong>;

std::optional<int> ip_bits(std::string_view text) {
    if (urls::parse_ipv4_address(text)) return 32;
    if (urls::parse_ipv6_address(text)) return 128;
    return std::nullopt;
}

bool is_network(std::string_view text) {
    const auto slash = text.find('/');
    const auto bits = ip_bits(text.substr(0, slash));
    if (!bits || slash == std::string_view::npos) return bits.has_value();
    const auto prefix = domain::whole_number<int>(text.substr(slash + 1));
    return prefix && *prefix >= 0 && *prefix <= *bits;
}

struct HostPort {
    std::string host;  // without the brackets of IPv6
    bool is_ip = false;
    std::optional<std::uint16_t> port;
};
// Nothing for what nobody can connect to, and for a user name, which would leak.
std::optional<HostPort> host_port(const urls::authority_view& authority) {
    HostPort out;
    out.host = std::string{authority.encoded_host_address()};
    out.is_ip = authority.host_type() == urls::host_type::ipv4 || authority.host_type() == urls::host_type::ipv6;
    const auto is_name = [&] {
        const auto of_a_name = [](char c) { return urls::grammar::alnum_chars(c) || c == '.' || c == '-'; };
        return authority.host_type() == urls::host_type::name && !out.host.empty() &&
               std::all_of(out.host.begin(), out.host.end(), of_a_name);
    };
    if (authority.has_userinfo() || !(out.is_ip || is_name())) return std::nullopt;
    if (!authority.has_port()) return out;
    out.port = domain::whole_number<std::uint16_t>(authority.port());
    if (!out.port) return std::nullopt;
    return out;
}

// As it stands in a Host header, but for the port and the brackets of IPv6, which any may have.
bool is_host(std::string_view text) {
    if (ip_bits(text)) return true;
    const auto authority = urls::parse_authority(text);
    const auto at = authority ? host_port(*authority) : std::nullopt;
    return at && !at->port && !at->is_ip && at->host == text;
}

std::string_view unit_of(Kind kind) {
    switch (kind) {
        case Kind::milliseconds:
            return "毫秒";
        case Kind::seconds:
            return "秒";
        case Kind::days:
            return "天";
        case Kind::bytes:
            return "字节";
        default:
            return "整数";
    }
}

Wrong not_a(const Key& key, std::string problem) {
    return {std::move(problem), "应为：" + shape_of(key)};
}

Read read_number(const Key& key, std::string_view text) {
    const auto value = domain::whole_number<std::int64_t>(text);
    if (!value) return not_a(key, "不是整数");
    if (*value == 0 && key.off && key.min > 0)
        return Wrong{"0 不表示关闭", "要关闭请写 off；否则应为：" + shape_of(key)};
    if (*value < key.min || *value > key.max) return not_a(key, "超出范围");
    return Value{*value};
}

Read read_path(const Key& key, std::string_view text, const fs::path& directory) {
    const auto path = (directory / fs::path{text}).lexically_normal();
    std::error_code error;
    switch (key.kind) {
        case Kind::secret_path:
            if (auto unfit = unfit_as_secret(path)) return Wrong{std::move(unfit->first), std::move(unfit->second)};
            break;
        case Kind::file:
            if (!fs::is_regular_file(path, error))
                return Wrong{"文件不存在：" + path.string(), "检查路径；相对路径从本 ini 所在目录算起"};
            break;
        case Kind::directory:
            if (!fs::is_directory(path, error))
                return Wrong{"目录不存在：" + path.string(), "检查路径；相对路径从本 ini 所在目录算起"};
            break;
        default:
            if (!fs::is_directory(path.parent_path(), error))
                return Wrong{"上级目录不存在：" + path.parent_path().string(),
                             "先建立该目录；相对路径从本 ini 所在目录算起"};
    }
    return Value{path};
}

// A list written with the keyboard still set to Chinese would be one long element.
std::optional<Wrong> foreign_separator(const Key& key, std::string_view text) {
    const bool bars = key.kind == Kind::texts;
    if (bars && text.find("｜") != text.npos) return Wrong{"列表中有全角的 “｜”", "用半角的 | 分隔"};
    if (!bars && (text.find("，") != text.npos || text.find("、") != text.npos))
        return Wrong{"列表中有中文的逗号或顿号", "用半角的逗号分隔"};
    return std::nullopt;
}

Read read_list(const Key& key, std::string_view text, const fs::path& directory) {
    if (auto wrong = foreign_separator(key, text)) return *std::move(wrong);
    auto parts = domain::split(text, key.kind == Kind::texts ? '|' : ',');
    for (auto& part : parts) part = std::string{domain::trimmed(part, domain::line_blanks)};
    if (parts.empty() || std::any_of(parts.begin(), parts.end(), [](const auto& p) { return p.empty(); }))
        return not_a(key, "列表中有空项");
    if (std::set<std::string>{parts.begin(), parts.end()}.size() != parts.size()) return not_a(key, "列表中有重复项");
    if (static_cast<std::int64_t>(parts.size()) > key.max) return not_a(key, "列表项太多");
    if (key.kind == Kind::networks && !std::all_of(parts.begin(), parts.end(), is_network))
        return not_a(key, "不是 IP 地址或网段");
    if (key.kind == Kind::hosts && !std::all_of(parts.begin(), parts.end(), is_host))
        return not_a(key, "不是主机名或 IP 地址");
    if (key.kind != Kind::secret_paths) return Value{std::move(parts)};

    std::vector<fs::path> paths;
    for (const auto& part : parts) {
        auto path = (directory / fs::path{part}).lexically_normal();
        if (auto unfit = unfit_as_secret(path)) return Wrong{std::move(unfit->first), std::move(unfit->second)};
        paths.push_back(std::move(path));
    }
    return Value{std::move(paths)};
}

Read read_time_of_day(const Key& key, std::string_view text) {
    const auto hours =
        text.size() == 5 && text[2] == ':' ? domain::whole_number<unsigned>(text.substr(0, 2)) : std::nullopt;
    const auto minutes = hours ? domain::whole_number<unsigned>(text.substr(3)) : std::nullopt;
    if (!minutes || *hours > 23 || *minutes > 59) return not_a(key, "不是时刻");
    return Value{std::int64_t{*hours} * 60 + *minutes};
}

}  // namespace

std::optional<ports::Address> read_address(std::string_view text) {
    const auto authority = urls::parse_authority(text);
    auto at = authority ? host_port(*authority) : std::nullopt;
    if (!at || !at->port) return std::nullopt;
    if (at->host != "localhost" && !at->is_ip) return std::nullopt;
    return ports::Address{std::move(at->host), *at->port};
}

bool is_internal(const ports::Address& address) {
    if (address.is_loopback()) return true;
    using V4 = urls::ipv4_address::bytes_type;
    const auto internal_v4 = [](const V4& b) {
        return b[0] == 127 || b[0] == 10 || (b[0] == 172 && (b[1] & 0xF0u) == 16) || (b[0] == 192 && b[1] == 168) ||
               (b[0] == 169 && b[1] == 254);
    };
    if (const auto v4 = urls::parse_ipv4_address(address.host)) return internal_v4(v4->to_bytes());
    const auto v6 = urls::parse_ipv6_address(address.host);
    if (!v6) return false;
    const auto b = v6->to_bytes();
    if (v6->is_v4_mapped()) return internal_v4(V4{b[12], b[13], b[14], b[15]});
    return v6->is_loopback() || (b[0] & 0xFEu) == 0xFC || (b[0] == 0xFE && b[1] >> 6 == 2);
}

std::optional<ports::Url> read_url(std::string_view text) {
    if (!text.starts_with("http://") && !text.starts_with("https://")) return std::nullopt;
    const auto uri = urls::parse_uri(text);
    // A query or a fragment would be lost when a path is appended.
    if (!uri || uri->has_query() || uri->has_fragment()) return std::nullopt;
    auto at = host_port(uri->authority());
    if (!at) return std::nullopt;
    std::string_view path = uri->encoded_path();
    // Boost 1.81 takes "http://a:80b" for port 80 and path "b". An "@" in a path is a user name in the wrong place.
    if ((!path.empty() && !path.starts_with('/')) || path.find('@') != std::string_view::npos) return std::nullopt;
    while (path.ends_with('/')) path.remove_suffix(1);

    ports::Url url;
    url.scheme = uri->scheme();
    url.host = std::move(at->host);
    url.port = at->port.value_or(url.is_https() ? std::uint16_t{443} : std::uint16_t{80});
    url.path = path;
    url.text = text;
    while (url.text.ends_with('/')) url.text.pop_back();
    return url;
}

std::string shape_of(const Key& key) {
    const auto range = std::to_string(key.min) + ".." + std::to_string(key.max);
    const auto shape = [&]() -> std::string {
        if (is_number(key.kind)) return std::string{unit_of(key.kind)} + "，" + range;
        switch (key.kind) {
            case Kind::text:
                return "文本，" + range + " 个字";
            case Kind::path:
                return "路径";
            case Kind::file:
                return "文件路径";
            case Kind::directory:
                return "目录路径";
            case Kind::secret_path:
                return "密钥文件路径，权限 600";
            case Kind::secret_paths:
                return "密钥文件路径（权限 600），以逗号分隔";
            case Kind::on_off:
                return "on 或 off";
            case Kind::choice:
                return domain::joined(key.choices, "、") + " 之一";
            case Kind::address:
                return "IP:端口（端口 0 表示任选空闲端口）";
            case Kind::url:
                return "http:// 或 https:// 地址，不带 ? 和 #";
            case Kind::list:
                return "以逗号分隔的列表";
            case Kind::texts:
                return "以 | 分隔的文本";
            case Kind::networks:
                return "以逗号分隔的 IP 地址或网段";
            case Kind::hosts:
                return "以逗号分隔的主机名或 IP 地址，不带端口";
            case Kind::time_of_day:
                return "北京时间 HH:MM";
            default:
                return "";
        }
    }();
    return key.off ? shape + "，或 off" : shape;
}

std::variant<Value, Wrong> read_value(const Key& key, std::string_view text, const fs::path& directory) {
    if (key.kind == Kind::on_off) {
        if (text == "on" || text == "off") return Value{text == "on"};
        return not_a(key, "既不是 on 也不是 off");
    }
    if (text == "off") {
        if (key.off) return Value{Off{}};
        return not_a(key, "此项不能关闭");
    }
    if (is_number(key.kind)) return read_number(key, text);
    switch (key.kind) {
        case Kind::text: {
            const auto length = static_cast<std::int64_t>(domain::characters(text));
            if (length < key.min || length > key.max) return not_a(key, "长度不合");
            return Value{std::string{text}};
        }
        case Kind::choice:
            if (std::find(key.choices.begin(), key.choices.end(), text) != key.choices.end())
                return Value{std::string{text}};
            return not_a(key, "不在可选值之中");
        case Kind::address:
            if (auto address = read_address(text)) return Value{std::move(*address)};
            return not_a(key, "不是监听地址");
        case Kind::url:
            if (auto url = read_url(text)) return Value{std::move(*url)};
            return not_a(key, "不是合格的网址");
        case Kind::time_of_day:
            return read_time_of_day(key, text);
        case Kind::list:
        case Kind::texts:
        case Kind::networks:
        case Kind::hosts:
        case Kind::secret_paths:
            return read_list(key, text, directory);
        default:
            return read_path(key, text, directory);
    }
}

}  // namespace hcp::config
