#pragma once
#include "plugin/ports/log.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

// What the operator decided, checked and typed. An absent optional is `off`. Every path is absolute. A secret is only
// ever a path: whoever needs it reads the file, and nothing here can leak it.
namespace hcp::ports {

struct Address {
    std::string host;        // a name or an IP address, without the brackets of IPv6
    std::uint16_t port = 0;  // 0 = any free port

    // Never true of a name that somebody else may own, such as 127.example.com.
    [[nodiscard]] bool is_loopback() const {
        return host == "localhost" || host == "::1" ||
               (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string::npos);
    }
    friend bool operator==(const Address&, const Address&) = default;
};

struct Url {
    std::string scheme;      // "http" or "https"
    std::string host;        // without the brackets of IPv6
    std::uint16_t port = 0;  // explicit, or the scheme's; 0 = that of the listener, once it is known
    std::string path;        // "" or "/…", never ending in "/": a path can be appended
    std::string text;        // as written, without a trailing "/"

    [[nodiscard]] bool is_https() const { return scheme == "https"; }
    [[nodiscard]] bool is_loopback() const { return Address{host, port}.is_loopback(); }
    // What links begin with while the listener has `actual`.
    [[nodiscard]] std::string text_at(std::uint16_t actual) const {
        if (port != 0) return text;
        const bool v6 = host.find(':') != std::string::npos;
        return scheme + "://" + (v6 ? "[" + host + "]" : host) + ":" + std::to_string(actual) + path;
    }
    friend bool operator==(const Url&, const Url&) = default;
};

enum class Cipher { sm4_ctr_hmac_sm3, aes_256_gcm };
enum class Backend { sqlite3, mysql, oracle };

struct InstanceSettings {
    std::filesystem::path directory;  // journal, anchors, lock; one process per directory
    std::string name;                 // shown in logs and health
    std::chrono::seconds lease{};     // of the instance number and of claimed work
};

struct HostSettings {
    std::vector<std::string> accepted_ids;  // empty = any

    [[nodiscard]] bool accepts(const std::string& id) const {
        return accepted_ids.empty() || std::find(accepted_ids.begin(), accepted_ids.end(), id) != accepted_ids.end();
    }
};

struct KeySettings {
    std::filesystem::path master_key_file;             // secret
    std::vector<std::filesystem::path> old_key_files;  // secret; only for reading what was sealed under them
    std::filesystem::path next_key_file;               // secret; empty = none is announced
    std::filesystem::path digest_key_file;             // secret; empty = the founding key is among the above
    std::filesystem::path anchor_key_file;             // secret; SM2 private key, PEM
    Cipher cipher = Cipher::sm4_ctr_hmac_sm3;          // for new seals; the old ones say their own
};

struct JournalSettings {
    std::uint64_t max_bytes = 0;    // beyond it the host gets FULL
    std::uint32_t drain_batch = 0;  // events in one store transaction
};

struct StoreSettings {
    Backend backend = Backend::sqlite3;
    std::filesystem::path path;             // sqlite3
    std::filesystem::path connection_file;  // mysql, oracle; secret: one line, SOCI's connection string
    std::string schema;          // mysql, oracle: of our tables, where it is not the connection's own; else empty
    std::uint32_t sessions = 0;  // threads of the db pool, one session each
    std::chrono::milliseconds connect_timeout{};
    std::chrono::milliseconds read_timeout{};  // < 10 s, so that stop can keep its deadline
};

struct RuleSettings {  // what the store imports, by version and checksum
    std::filesystem::path policy_file;
    std::filesystem::path calendar_directory;
    std::filesystem::path tags_file, items_file, nodes_file;
};

struct ProvinceSettings {
    std::filesystem::path profile_file;
    Url base_url;
    std::filesystem::path ca_file;  // empty only with http on loopback
    std::string app_mark;
    std::filesystem::path app_word_file;             // secret
    std::filesystem::path platform_public_key_file;  // empty only when the profile has sm2 = off
    std::filesystem::path client_private_key_file;   // secret; as above
    std::uint32_t parallel = 0;                      // exchanges at once; the profile may allow fewer
};

struct PublicWebSettings {
    Address listen;
    Url base_url;  // what links and QR codes begin with
    struct Tls {
        std::filesystem::path certificate_file, key_file;  // the key is secret
    };
    std::optional<Tls> tls;                    // off: only on loopback or behind a trusted proxy
    std::vector<std::string> trusted_proxies;  // IP addresses or prefixes whose X-Forwarded-For counts
    std::vector<std::string> allowed_hosts;    // names or IP addresses that we answer to beside that of base_url
    std::uint32_t max_body_bytes = 0;
    std::uint32_t max_connections = 0;
    std::chrono::milliseconds request_timeout{};
    std::uint32_t per_token_per_minute = 0;
    std::uint32_t per_address_per_minute = 0;  // coarse: a hall shares one address
    std::string centre_name, help_phone;
    std::optional<Url> portal_url;  // of the trading platform, where people sign on; pages lead back there
};

// Where the centre's own people work; TLS always.
struct StaffWebSettings {
    Address listen;
    Url base_url;                                      // https; what links begin with
    std::filesystem::path certificate_file, key_file;  // the key is secret
    std::uint32_t idle_minutes = 30, absolute_hours = 10;
    bool invite = true;  // whether one-time links are made and taken
    std::optional<Url>
        portal_url;  // from where people come with a ticket of the host's; absent: from our own pages only
};

// Where the centre's people are known already; they sign on there, and come to the staff's pages with its word.
struct OpenIdSettings {
    Url issuer;                         // https, or http to this machine; as the provider calls itself
    std::string client_id;              // as we are registered there
    std::filesystem::path secret_file;  // secret; empty: we have none there
    std::filesystem::path ca_file;      // empty only with http
    std::string staff_claim;            // which claim of the ID token has the staff id
    std::string scope;                  // “openid” and what the claim needs beside it
    std::string name;                   // of the button that leads there
};

struct SweepSettings {
    std::chrono::milliseconds interval{};  // how often the clock port is read again
    std::chrono::seconds grace{};          // E3: waited beyond the deadline
    std::uint32_t batch = 0;
};

struct ReconcileSettings {
    std::chrono::minutes daily_at{};  // since 00:00 in Shanghai
    std::chrono::days lookback{};
};

struct LimitSettings {
    std::uint32_t io_threads = 0, crypto_threads = 0;
};

struct Settings {
    std::filesystem::path file;  // this ini
    InstanceSettings instance;
    HostSettings host;
    KeySettings keys;
    JournalSettings journal;
    StoreSettings store;
    RuleSettings rules;
    std::optional<ProvinceSettings> province;
    std::optional<PublicWebSettings> web;
    std::optional<StaffWebSettings> staff;
    std::optional<OpenIdSettings> openid;
    std::optional<Address> operations_listen;
    SweepSettings sweep;
    std::chrono::days guides_last{};          // M4.3: an alarm on those that are older
    std::chrono::days secrecy_alarm_after{};  // E14: an alarm, never a release
    std::optional<ReconcileSettings> reconcile;
    bool allow_virtual_clock = false;
    std::chrono::milliseconds max_clock_skew{};  // E24
    std::chrono::seconds max_clock_jump{};       // E24
    LimitSettings limits;
    LogLevel log_level = LogLevel::info;
};

}  // namespace hcp::ports
