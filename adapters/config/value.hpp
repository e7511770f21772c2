#pragma once
#include "plugin/ports/settings.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace hcp::config {

enum class Kind {
    text,
    path,       // may still be made; its folder exists
    file,       // exists
    directory,  // exists
    secret_path,
    secret_paths,  // separated by ','
    count,
    milliseconds,
    seconds,
    days,
    bytes,
    on_off,
    choice,
    address,      // IP:port to listen on
    url,          // http or https, without query
    list,         // separated by ','
    texts,        // separated by '|', since they may hold commas
    networks,     // IP addresses or prefixes, separated by ','
    hosts,        // names or IP addresses without a port, separated by ','
    time_of_day,  // HH:MM in Shanghai, as minutes
};

[[nodiscard]] constexpr bool is_number(Kind kind) noexcept {
    return kind == Kind::count || kind == Kind::milliseconds || kind == Kind::seconds || kind == Kind::days ||
           kind == Kind::bytes;
}

struct Off {
    friend bool operator==(const Off&, const Off&) = default;
};

using Value = std::variant<Off, bool, std::int64_t, std::string, std::filesystem::path, std::vector<std::string>,
                           std::vector<std::filesystem::path>, ports::Address, ports::Url>;

struct Key;

struct Wrong {
    std::string problem, remedy;
};

// Reads one value. Paths are made absolute against `directory`; files are looked at, secrets for their permissions too.
[[nodiscard]] std::variant<Value, Wrong> read_value(const Key& key, std::string_view text,
                                                    const std::filesystem::path& directory);

// "毫秒,100..120000": what a value of the key looks like, for the template and for remedies.
[[nodiscard]] std::string shape_of(const Key& key);

[[nodiscard]] std::optional<ports::Address> read_address(std::string_view text);
// Whether at most this machine and its own network reach what listens there: loopback, RFC 1918, RFC 4193, link-local.
// Neither is 0.0.0.0 nor [::], which are every address of the machine, nor 100.64.0.0/10, which customers share.
[[nodiscard]] bool is_internal(const ports::Address& address);
[[nodiscard]] std::optional<ports::Url> read_url(std::string_view text);

}  // namespace hcp::config
