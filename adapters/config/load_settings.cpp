#include "adapters/config/load_settings.hpp"

#include "adapters/config/binding.hpp"
#include "adapters/config/settings_table.hpp"

#include <algorithm>
#include <tuple>

namespace hcp::config {
namespace {

namespace fs = std::filesystem;
using namespace ports;

// One that no database wants to be quoted.
bool is_plain_name(std::string_view name) {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const auto rest = std::string{letters} + "0123456789_$#";
    return letters.find(name.front()) != std::string_view::npos &&
           name.find_first_not_of(rest) == std::string_view::npos;
}

// What no single row can say. Looks only at values that are there, so that it can run beside other faults.
class Agreement {
public:
    Agreement(const Settled<Settings>& settled, const Ini& ini, std::vector<Fault>& faults)
        : settled_{settled}, ini_{ini}, faults_{faults} {}

    void run(const std::optional<ProvinceProfile>& profile) {
        constexpr auto accepted_ids = at<&Settings::host, &HostSettings::accepted_ids>;
        const auto* ids = settled_.value(accepted_ids);
        if (ids && ids->size() > 1 && std::find(ids->begin(), ids->end(), "any") != ids->end())
            fault(settled_[accepted_ids], "any 不能与平台编号并列", "只写 any，或只列平台编号");
        if (settled_.get(at<&Settings::province>)) province(profile);
        if (!settled_[public_listen].is_off()) web();
        if (!settled_[staff_listen].is_off()) staff();
        if (!settled_[openid_issuer].is_off()) openid();
        listeners();
        schema();
    }

private:
    static constexpr auto public_listen = at<&Settings::web, &PublicWebSettings::listen>;
    static constexpr auto staff_listen = at<&Settings::staff, &StaffWebSettings::listen>;
    static constexpr auto openid_issuer = at<&Settings::openid, &OpenIdSettings::issuer>;

    void fault(const Setting& setting, std::string problem, std::string remedy) {
        faults_.push_back(fault_of(setting, ini_, std::move(problem), std::move(remedy)));
    }

    void province(const std::optional<ProvinceProfile>& profile) {
        constexpr auto base_url = at<&Settings::province, &ProvinceSettings::base_url>;
        constexpr auto ca_file = at<&Settings::province, &ProvinceSettings::ca_file>;
        const auto* url = settled_.value(base_url);
        if (url && !url->is_https() && !url->is_loopback())
            fault(settled_[base_url], "省平台地址不加密", "改用 https;http 只允许指向本机");
        if (url && url->is_https() && !settled_[ca_file].is_written())
            fault(settled_[ca_file], "缺少必填项：https 需要指定信任的 CA", "填上签发省平台证书的 CA 文件");
        if (!profile) return;
        if (url && url->port == 0) fault(settled_[base_url], "端口为 0", "写省平台的端口，或省略以用协议的默认端口");
        if (profile->sm2) {
            for (const auto key : {at<&Settings::province, &ProvinceSettings::platform_public_key_file>,
                                   at<&Settings::province, &ProvinceSettings::client_private_key_file>})
                if (!settled_[key].is_written()) fault(settled_[key], "缺少必填项：省档案要求 SM2", "填上密钥文件路径");
        } else if (url && (url->is_https() || !url->is_loopback())) {
            fault(settled_[base_url], "省档案 sm2 = off 只用于测试和压测",
                  "改用本机的 http 地址，或换用启用 SM2 的省档案");
        }
    }

    void web() {
        constexpr auto public_base_url = at<&Settings::web, &PublicWebSettings::base_url>;
        constexpr auto tls = at<&Settings::web, &PublicWebSettings::tls>;
        const auto* listen = settled_.value(public_listen);
        const auto* url = settled_.value(public_base_url);
        if (listen && !settled_.get(tls) && !listen->is_loopback() &&
            settled_[at<&Settings::web, &PublicWebSettings::trusted_proxies>].is_off())
            fault(settled_[tls], "不加密的页面对外监听", "改为 on；或只监听本机；或在 trusted_proxies 写明前面的代理");
        if (url && !url->is_https() && (settled_.get(tls) || !url->is_loopback()))
            fault(settled_[public_base_url], "公众地址不加密", "改用 https;http 只在 tls = off 且指向本机时允许");
    }

    void staff() {
        constexpr auto base_url = at<&Settings::staff, &StaffWebSettings::base_url>;
        const auto* url = settled_.value(base_url);
        if (url == nullptr) return;
        if (!url->is_https()) fault(settled_[base_url], "工作人员的地址不加密", "改用 https；本机也不例外");
        if (url->port == 0) fault(settled_[base_url], "端口为 0", "写工作人员看到的端口，或省略以用 443");
        if (!url->path.empty()) fault(settled_[base_url], "带有路径：登录的 cookie 属于整个主机", "只写主机名和端口");
    }

    void openid() {
        constexpr auto ca_file = at<&Settings::openid, &OpenIdSettings::ca_file>;
        constexpr auto scope = at<&Settings::openid, &OpenIdSettings::scope>;
        if (settled_[staff_listen].is_off())
            fault(settled_[openid_issuer], "没有启用工作人员页面，无处登录",
                  "在 [staff] 写上 listen，或把 issuer 改为 off");
        const auto* issuer = settled_.value(openid_issuer);
        if (issuer && !issuer->is_https() && !issuer->is_loopback())
            fault(settled_[openid_issuer], "认证平台地址不加密", "改用 https；http 只允许指向本机");
        if (issuer && issuer->is_https() && settled_[ca_file].is_off())
            fault(settled_[ca_file], "缺少必填项：https 需要指定信任的 CA", "填上签发认证平台证书的 CA 文件");
        if (const auto* words = settled_.value(scope);
            words && (' ' + *words + ' ').find(" openid ") == std::string::npos)
            fault(settled_[scope], "没有 openid，认证平台不会给出 ID 令牌", "写 openid，其他范围以空格隔开");
    }

    void schema() {
        const auto& setting = settled_[at<&Settings::store, &StoreSettings::schema>];
        const auto* name = settled_.value(at<&Settings::store, &StoreSettings::schema>);
        if (name == nullptr || name->empty()) return;
        if (settled_.whole().store.backend == Backend::sqlite3)
            fault(setting, "SQLite 没有模式", "删去这一行，或把 [store] backend 改为 mysql、oracle");
        else if (!is_plain_name(*name))
            fault(setting, "不是库名或模式名：只能用字母、数字和 _ $ #，以字母开头", "写不带引号的名字，如 haochaping");
    }

    // The second of two that listen on one port is refused by the system.
    void listeners() {
        constexpr auto operations_listen = at<&Settings::operations_listen>;
        const auto *pages = settled_.value(public_listen), *desk = settled_.value(staff_listen),
                   *operations = settled_.value(operations_listen);
        if (share_a_port(pages, operations))
            fault(settled_[operations_listen], "与 [web] public_listen 是同一个端口", "换一个端口");
        if (share_a_port(pages, desk))
            fault(settled_[staff_listen], "与 [web] public_listen 是同一个端口", "换一个端口");
        if (share_a_port(operations, desk))
            fault(settled_[staff_listen], "与 [operations] listen 是同一个端口", "换一个端口");
    }
    static bool share_a_port(const Address* one, const Address* other) {
        if (!one || !other || one->port == 0 || one->port != other->port) return false;
        const auto is_any = [](const Address& a) { return a.host == "0.0.0.0" || a.host == "::"; };
        const auto may_be = [](const Address& a, const Address& b) { return a.host == "localhost" && b.is_loopback(); };
        return one->host == other->host || is_any(*one) || is_any(*other) || may_be(*one, *other) ||
               may_be(*other, *one);
    }

    const Settled<Settings>& settled_;
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

    const auto settled = settle_settings(ini, faults);

    LoadedSettings loaded;
    if (settled.get(at<&Settings::province>)) {
        const auto profile_file = settled.get(at<&Settings::province, &ProvinceSettings::profile_file>);
        if (!profile_file.empty()) {
            auto profile = load_profile(profile_file);
            if (auto* wrong = std::get_if<std::vector<Fault>>(&profile))
                faults.insert(faults.end(), wrong->begin(), wrong->end());
            else
                loaded.profile = std::move(std::get<ProvinceProfile>(profile));
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

    loaded.settings = settled.whole();
    loaded.settings.file = fs::absolute(ini.file).lexically_normal();
    loaded.warnings = warnings_of(settled, ini);
    auto& ids = loaded.settings.host.accepted_ids;
    if (ids == std::vector<std::string>{"any"}) ids.clear();
    for (const auto& setting : settled.all())
        loaded.shown.push_back({std::string{setting.key->section}, std::string{setting.key->name}, setting.text,
                                setting.line, setting.key->reloadable});
    return loaded;
}

std::vector<Fault> warnings_of(const Settled<Settings>& settled, const Ini& ini) {
    std::vector<Fault> warnings;
    const auto warn = [&](const Setting& setting, const Address* address, const std::string& what,
                          const std::string& remedy) {
        if (address != nullptr && !is_internal(*address))
            warnings.push_back(fault_of(setting, ini, what + address->host + " 不是本机或内网地址", remedy));
    };
    constexpr auto staff_listen = at<&Settings::staff, &StaffWebSettings::listen>;
    constexpr auto operations_listen = at<&Settings::operations_listen>;
    warn(settled[staff_listen], settled.value(staff_listen), "工作人员页面对外监听：",
         "改为 127.0.0.1 或内网地址；确需如此时用防火墙只放行内网");
    warn(settled[operations_listen], settled.value(operations_listen), "运维接口对外监听：指标和健康详情不设登录，",
         "改为 127.0.0.1 或内网地址；确需如此时用防火墙只放行监控主机");
    return warnings;
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
