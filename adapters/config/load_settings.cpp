#include "adapters/config/load_settings.hpp"

#include "adapters/config/settings_table.hpp"

#include <algorithm>
#include <tuple>

namespace hcp::config {
namespace {

namespace fs = std::filesystem;

class Build {
public:
    Build(const Settled& settled, const Ini& ini) : settled_{settled}, ini_{ini} {}

    ports::Settings run() const {
        ports::Settings s;
        s.file = fs::absolute(ini_.file).lexically_normal();
        s.instance = {path("instance", "directory"), text("instance", "name"),
                      duration<std::chrono::seconds>("instance", "lease_s")};
        s.host.accepted_ids = list("host", "accepted_ids");
        if (s.host.accepted_ids == std::vector<std::string>{"any"}) s.host.accepted_ids.clear();
        s.keys = {
            path("keys", "master_key_file"), settled_.get<std::vector<fs::path>>("keys", "old_key_files"),
            path("keys", "anchor_key_file"),
            text("keys", "cipher") == "aes-256-gcm" ? ports::Cipher::aes_256_gcm : ports::Cipher::sm4_ctr_hmac_sm3};
        s.journal = {count<std::uint64_t>("journal", "max_bytes"), count<>("journal", "drain_batch")};
        s.store = store();
        s.rules = {path("policy", "file"), path("calendar", "directory"), path("items", "tags_file"),
                   path("items", "items_file"), path("items", "nodes_file")};
        if (on("province", "enabled")) s.province = province();
        if (!settled_.is_off("web", "public_listen")) s.web = web();
        if (!settled_.is_off("operations", "listen"))
            s.operations_listen = settled_.get<ports::Address>("operations", "listen");
        s.sweep = {duration<std::chrono::milliseconds>("sweep", "interval_ms"),
                   duration<std::chrono::seconds>("sweep", "grace_s"), count<>("sweep", "batch")};
        s.secrecy_alarm_after = duration<std::chrono::days>("secrecy", "alarm_after_days");
        if (!settled_.is_off("reconcile", "daily_at"))
            s.reconcile = {duration<std::chrono::minutes>("reconcile", "daily_at"),
                           duration<std::chrono::days>("reconcile", "lookback_days")};
        s.allow_virtual_clock = on("clock", "allow_virtual");
        s.max_clock_skew = duration<std::chrono::milliseconds>("clock", "max_skew_ms");
        s.limits = {count<>("limits", "io_threads"), count<>("limits", "crypto_threads")};
        s.log_level = log_level();
        return s;
    }

private:
    std::string text(std::string_view section, std::string_view key) const {
        return settled_.get<std::string>(section, key);
    }
    fs::path path(std::string_view section, std::string_view key) const { return settled_.get<fs::path>(section, key); }
    bool on(std::string_view section, std::string_view key) const { return settled_.get<bool>(section, key); }
    std::vector<std::string> list(std::string_view section, std::string_view key) const {
        return settled_.get<std::vector<std::string>>(section, key);
    }
    template <class Int = std::uint32_t>
    Int count(std::string_view section, std::string_view key) const {
        return static_cast<Int>(settled_.get<std::int64_t>(section, key));  // the row's range fits the type
    }
    template <class Duration>
    Duration duration(std::string_view section, std::string_view key) const {
        return Duration{count<typename Duration::rep>(section, key)};
    }

    ports::StoreSettings store() const {
        const auto backend = text("store", "backend");
        return {backend == "mysql"    ? ports::Backend::mysql
                : backend == "oracle" ? ports::Backend::oracle
                                      : ports::Backend::sqlite3,
                path("store", "path"),
                path("store", "connection_file"),
                count<>("store", "sessions"),
                duration<std::chrono::milliseconds>("store", "connect_timeout_ms"),
                duration<std::chrono::milliseconds>("store", "read_timeout_ms")};
    }

    ports::ProvinceSettings province() const {
        return {path("province", "profile"),
                settled_.get<ports::Url>("province", "base_url"),
                path("province", "ca_file"),
                text("province", "app_mark"),
                path("province", "app_word_file"),
                path("province", "platform_public_key_file"),
                path("province", "client_private_key_file"),
                count<>("province", "parallel")};
    }

    ports::PublicWebSettings web() const {
        ports::PublicWebSettings w;
        w.listen = settled_.get<ports::Address>("web", "public_listen");
        w.base_url = settled_.get<ports::Url>("web", "public_base_url");
        if (on("web", "tls")) w.tls = {path("web", "tls_cert_file"), path("web", "tls_key_file")};
        w.trusted_proxies = list("web", "trusted_proxies");
        w.max_body_bytes = count<>("web", "max_body_bytes");
        w.max_connections = count<>("web", "max_connections");
        w.request_timeout = duration<std::chrono::milliseconds>("web", "request_timeout_ms");
        w.per_token_per_minute = count<>("web", "per_token_per_minute");
        w.per_address_per_minute = count<>("web", "per_address_per_minute");
        w.centre_name = text("web", "centre_name");
        w.help_phone = text("web", "help_phone");
        return w;
    }

    ports::LogLevel log_level() const {
        const auto level = text("log", "level");
        return level == "error"     ? ports::LogLevel::error
               : level == "warning" ? ports::LogLevel::warning
               : level == "debug"   ? ports::LogLevel::debug
                                    : ports::LogLevel::info;
    }

    const Settled& settled_;
    const Ini& ini_;
};

// What no single row can say. Looks only at values that are there, so that it can run beside other faults.
class Agreement {
public:
    Agreement(const Settled& settled, const Ini& ini, std::vector<Fault>& faults)
        : settled_{settled}, ini_{ini}, faults_{faults} {}

    void run(const std::optional<ports::ProvinceProfile>& profile) {
        const auto* ids = value<std::vector<std::string>>("host", "accepted_ids");
        if (ids && ids->size() > 1 && std::find(ids->begin(), ids->end(), "any") != ids->end())
            fault("host", "accepted_ids", "any 不能与平台编号并列", "只写 any，或只列平台编号");
        if (on("province", "enabled")) province(profile);
        if (!settled_.is_off("web", "public_listen")) web();
    }

private:
    template <class T>
    const T* value(std::string_view section, std::string_view key) const {
        const auto* s = settled_.find(section, key);
        return s->value ? std::get_if<T>(&*s->value) : nullptr;
    }
    bool on(std::string_view section, std::string_view key) const { return settled_.get<bool>(section, key); }
    bool written(std::string_view section, std::string_view key) const { return settled_.find(section, key)->line > 0; }
    void fault(std::string_view section, std::string_view key, std::string problem, std::string remedy) {
        faults_.push_back(fault_of(*settled_.find(section, key), ini_, std::move(problem), std::move(remedy)));
    }

    void province(const std::optional<ports::ProvinceProfile>& profile) {
        const auto* url = value<ports::Url>("province", "base_url");
        if (url && !url->is_https() && !url->is_loopback())
            fault("province", "base_url", "省平台地址不加密", "改用 https;http 只允许指向本机");
        if (url && url->is_https() && !written("province", "ca_file"))
            fault("province", "ca_file", "缺少必填项：https 需要指定信任的 CA", "填上签发省平台证书的 CA 文件");
        if (!profile) return;
        if (url && url->port == 0)
            fault("province", "base_url", "端口为 0", "写省平台的端口，或省略以用协议的默认端口");
        if (profile->sm2) {
            for (const auto* key : {"platform_public_key_file", "client_private_key_file"})
                if (!written("province", key)) fault("province", key, "缺少必填项：省档案要求 SM2", "填上密钥文件路径");
        } else if (url && (url->is_https() || !url->is_loopback())) {
            fault("province", "base_url", "省档案 sm2 = off 只用于测试和压测",
                  "改用本机的 http 地址，或换用启用 SM2 的省档案");
        }
    }

    void web() {
        const auto* listen = value<ports::Address>("web", "public_listen");
        const auto* url = value<ports::Url>("web", "public_base_url");
        const bool tls = on("web", "tls");
        if (listen && !tls && !listen->is_loopback() && settled_.is_off("web", "trusted_proxies"))
            fault("web", "tls", "不加密的页面对外监听", "改为 on；或只监听本机；或在 trusted_proxies 写明前面的代理");
        if (url && !url->is_https() && (tls || !url->is_loopback()))
            fault("web", "public_base_url", "公众地址不加密", "改用 https;http 只在 tls = off 且指向本机时允许");
    }

    const Settled& settled_;
    const Ini& ini_;
    std::vector<Fault>& faults_;
};

bool is_about_secret(const Fault& fault) {
    const auto keys = settings_keys();
    return std::any_of(keys.begin(), keys.end(), [&](const Key& key) {
        return (key.kind == Kind::secret_path || key.kind == Kind::secret_paths) && key.section == fault.section &&
               key.name == fault.key;
    });
}

}  // namespace

std::variant<LoadedSettings, std::vector<Fault>> load_settings(const fs::path& file, Secrets secrets) {
    const auto ini = read_ini_file(file);
    std::vector<Fault> faults;
    if (!ini.faults.empty() && ini.faults.front().line == 0) return ini.faults;

    const Ini* const layers[] = {&ini};
    const auto settled = settle(layers, settings_keys(), {}, faults);

    LoadedSettings loaded;
    if (settled.get<bool>("province", "enabled")) {
        if (const auto profile_file = settled.get<fs::path>("province", "profile"); !profile_file.empty()) {
            auto profile = load_profile(profile_file);
            if (auto* wrong = std::get_if<std::vector<Fault>>(&profile))
                faults.insert(faults.end(), wrong->begin(), wrong->end());
            else
                loaded.profile = std::move(std::get<ports::ProvinceProfile>(profile));
        }
    }
    Agreement{settled, ini, faults}.run(loaded.profile);
    if (secrets == Secrets::left_alone) std::erase_if(faults, is_about_secret);
    if (!faults.empty()) {
        // As they stand in the file; then what is missing, then other files.
        const auto place = [&](const Fault& f) { return std::tuple{f.file != ini.file, f.line == 0, f.line}; };
        std::stable_sort(faults.begin(), faults.end(),
                         [&](const Fault& a, const Fault& b) { return place(a) < place(b); });
        return faults;
    }

    loaded.settings = Build{settled, ini}.run();
    for (const auto& setting : settled.all())
        loaded.shown.push_back({std::string{setting.key->section}, std::string{setting.key->name}, setting.text,
                                setting.line, setting.key->reloadable});
    return loaded;
}

std::string describe_settings(const LoadedSettings& loaded) {
    std::string out = "; " + loaded.settings.file.string() + "\n";
    std::string_view section;
    for (const auto& s : loaded.shown) {
        if (s.section != section) out += "\n[" + s.section + "]\n";
        section = s.section;
        if (s.value.empty())
            out += "; " + s.key + " 未设置\n";
        else
            out += s.key + " = " + s.value + "\n;   " + (s.line > 0 ? "第 " + std::to_string(s.line) + " 行" : "默认") +
                   "\n";
    }
    return out;
}

std::vector<std::string> needs_restart(const LoadedSettings& running, const LoadedSettings& fresh) {
    std::vector<std::string> keys;
    for (std::size_t i = 0; i < running.shown.size(); ++i) {
        const auto &before = running.shown[i], &after = fresh.shown[i];
        if (before.value != after.value && !before.reloadable) keys.push_back(before.section + "." + before.key);
    }
    return keys;
}

}  // namespace hcp::config
