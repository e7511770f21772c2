#include "plugin/compose/check_config.hpp"

#include "adapters/config/binding.hpp"
#include "adapters/config/load_settings.hpp"
#include "adapters/config/settings_table.hpp"
#include "adapters/gm/sm2_key.hpp"
#include "adapters/province/roots.hpp"
#include "adapters/web/tls_files.hpp"
#include "plugin/compose/instance_directory.hpp"
#include "plugin/compose/key_set.hpp"
#include "plugin/compose/rule_files.hpp"
#include "plugin/run/descriptor.hpp"

#include <unistd.h>

#include <array>
#include <iterator>
#include <string_view>
#include <utility>
#include <variant>

namespace hcp::compose {
namespace {

namespace fs = std::filesystem;
using config::at;
using ctl::Checked;
using ports::Fault, ports::Settings;

bool may_write(const fs::path& path) {
    return ::access(path.c_str(), W_OK) == 0;
}

// SQLite takes an empty file for a database that it has yet to make.
bool may_be_a_database(const fs::path& path) {
    constexpr std::string_view begins = "SQLite format 3";
    std::array<char, begins.size()> read{};
    const auto file = run::open_file(path, O_RDONLY | O_NONBLOCK);
    const auto got = file ? run::read_some(file, read.data(), read.size()) : -1;
    return got == 0 ||
           (got == static_cast<ssize_t>(read.size()) && begins == std::string_view{read.data(), read.size()});
}

// What the ini says as far as it can be read: the files it names are looked into even when it has faults elsewhere.
class Check {
public:
    explicit Check(const fs::path& file) : ini_{config::read_ini_file(file)} {}

    // `sm2`: whether the province is spoken to in it, as far as its profile could be read.
    Checked run(std::vector<Fault> faults, bool sm2) {
        checked_.faults = std::move(faults);
        if (!ini_.faults.empty() && ini_.faults.front().line == 0) return std::move(checked_);  // there is no ini
        places();
        keys();
        if (settings_.province) province(sm2);
        if (settings_.web && settings_.web->tls) pages(*settings_.web->tls);
        if (settings_.staff) staff(*settings_.staff);
        if (settings_.openid) openid(*settings_.openid);
        rules();
        checked_.warnings = config::warnings_of(settled_, ini_);
        return std::move(checked_);
    }

private:
    static config::Settled<Settings> settled_from(const config::Ini& ini) {
        std::vector<Fault> known_already;
        return config::settle_settings(ini, known_already);
    }
    void fault(const config::Setting& setting, std::string problem, std::string remedy) {
        checked_.faults.push_back(config::fault_of(setting, ini_, std::move(problem), std::move(remedy)));
    }

    // An empty path below has been reported where it stands in the ini.
    void places() {
        const auto& directory = settled_[at<&Settings::instance, &ports::InstanceSettings::directory>];
        const auto& path = settings_.instance.directory;
        std::error_code error;
        const bool there = fs::exists(path, error);
        if (there && !fs::is_directory(path, error))
            fault(directory, "不是目录", "换一个路径，或移走同名的文件");
        else if (!path.empty() && !may_write(there ? path : path.parent_path()))
            fault(directory, "不能在其中写文件", "检查目录的属主和权限");
        store();
    }

    void store() {
        if (settings_.store.backend != ports::Backend::sqlite3) connections(settings_.store.connection_file);
        const auto& setting = settled_[at<&Settings::store, &ports::StoreSettings::path>];
        const auto& path = settings_.store.path;
        if (path.empty()) return;
        const auto& instance = settings_.instance.directory;
        std::error_code error;
        const bool there = fs::exists(path, error);
        if (path == instance || fs::is_directory(path, error))
            fault(setting, "是目录，不是数据库文件", "写文件路径，如 " + (path / "store.db").string());
        else if (path.parent_path() == instance && InstanceDirectory::keeps(path.filename()))
            fault(setting, "是实例目录自用的文件", "换一个文件名，如 store.db");
        else if (there && !may_be_a_database(path))
            fault(setting, "已有这个文件，但不是 SQLite 数据库", "检查是否给错了文件");
        else if (!may_write(there ? path : path.parent_path()))
            fault(setting, "数据库文件不能写", "检查文件和所在目录的属主和权限");
    }

    void master_key(const config::Setting& setting, const fs::path& file) {
        if (file.empty()) return;
        if (const auto ring = gm::Keyring::load(file); !ring)
            fault(setting, ring.error().message(), "用 hcpctl keys init 生成，或检查是否给错了文件");
    }
    void carried_digests(const ports::KeySettings& keys) {
        if (keys.digest_key_file.empty()) return;
        auto ring = gm::Keyring::load(keys.master_key_file);
        for (const auto& older : keys.old_key_files)
            if (ring && !ring->also_opens(older)) return;  // told already
        if (!ring) return;
        if (const auto taken = digests_in(keys.digest_key_file, *ring); !taken)
            fault(settled_[at<&Settings::keys, &ports::KeySettings::digest_key_file>], taken.error().message(),
                  "给出 hcpctl keys carry 写出的文件；它由当时的主密钥封存，那一把须在 [keys] 中");
    }
    // A file of one line.
    void connections(const fs::path& file) {
        if (file.empty()) return;
        if (const auto lines = gm::read_words_file(file); !lines)
            fault(settled_[at<&Settings::store, &ports::StoreSettings::connection_file>], lines.error().message(),
                  "每行只写一个连接串，另存为 UTF-8 文本");
    }

    void word(const config::Setting& setting, const fs::path& file) {
        if (file.empty()) return;
        if (const auto text = gm::read_word_file(file); !text)
            fault(setting, text.error().message(), "只写一行口令原文，另存为 UTF-8 文本");
    }

    void roots(const config::Setting& setting, const fs::path& file) {
        if (file.empty()) return;
        if (const auto unfit = province::unfit_as_roots(file))
            fault(setting, "其中没有可用的 CA 证书（PEM）：" + unfit.message(),
                  "写签发对方证书的 CA，以 -----BEGIN CERTIFICATE----- 开头");
    }

    void keys() {
        using ports::KeySettings;
        const auto& keys = settings_.keys;
        master_key(settled_[at<&Settings::keys, &KeySettings::master_key_file>], keys.master_key_file);
        for (const auto& file : keys.old_key_files)
            master_key(settled_[at<&Settings::keys, &KeySettings::old_key_files>], file);
        master_key(settled_[at<&Settings::keys, &KeySettings::next_key_file>], keys.next_key_file);
        carried_digests(keys);
        if (!keys.anchor_key_file.empty())
            if (const auto key = anchor_key_in(keys.anchor_key_file); !key)
                fault(settled_[at<&Settings::keys, &KeySettings::anchor_key_file>],
                      "不是 SM2 私钥（PEM）：" + key.error().message(),
                      "用 hcpctl keys init 生成，或检查是否给错了文件");
    }

    void province(bool sm2) {
        using ports::ProvinceSettings;
        const auto& province = *settings_.province;
        word(settled_[at<&Settings::province, &ProvinceSettings::app_word_file>], province.app_word_file);
        if (province.base_url.is_https())
            roots(settled_[at<&Settings::province, &ProvinceSettings::ca_file>], province.ca_file);
        if (!sm2) return;
        if (!province.platform_public_key_file.empty())
            if (const auto key = platform_key_in(province.platform_public_key_file); !key)
                fault(settled_[at<&Settings::province, &ProvinceSettings::platform_public_key_file>],
                      "不是 SM2 公钥：" + key.error().message(), "写 PEM，或 04 开头的 130 位十六进制");
        if (!province.client_private_key_file.empty())
            if (const auto key = client_key_in(province.client_private_key_file); !key)
                fault(settled_[at<&Settings::province, &ProvinceSettings::client_private_key_file>],
                      "不是 SM2 私钥：" + key.error().message(), "写 PEM，或 64 位十六进制");
    }

    void pages(const ports::PublicWebSettings::Tls& tls) {
        if (tls.certificate_file.empty() || tls.key_file.empty()) return;
        ports::error_code unfit;
        if (!web::make_tls(tls, unfit))
            fault(settled_[at<&Settings::web, &ports::PublicWebSettings::tls,
                              &ports::PublicWebSettings::Tls::certificate_file>],
                  "证书链和私钥不能使用，或不是一对：" + unfit.message(),
                  "tls_cert_file 写证书链，tls_key_file 写它的私钥，都用 PEM，私钥不加口令");
    }

    void staff(const ports::StaffWebSettings& desk) {
        if (desk.certificate_file.empty() || desk.key_file.empty()) return;
        ports::error_code unfit;
        if (!web::make_tls({desk.certificate_file, desk.key_file}, unfit))
            fault(settled_[at<&Settings::staff, &ports::StaffWebSettings::certificate_file>],
                  "证书链和私钥不能使用，或不是一对：" + unfit.message(),
                  "tls_cert_file 写证书链，tls_key_file 写它的私钥，都用 PEM，私钥不加口令");
    }

    void openid(const ports::OpenIdSettings& provider) {
        word(settled_[at<&Settings::openid, &ports::OpenIdSettings::secret_file>], provider.secret_file);
        if (provider.issuer.is_https())
            roots(settled_[at<&Settings::openid, &ports::OpenIdSettings::ca_file>], provider.ca_file);
    }

    void rules() {
        const auto& files = settings_.rules;
        for (const auto* file :
             {&files.policy_file, &files.calendar_directory, &files.tags_file, &files.items_file, &files.nodes_file})
            if (file->empty()) return;
        auto loaded = load_rules(files);
        if (auto* wrong = std::get_if<std::vector<Fault>>(&loaded))
            std::move(wrong->begin(), wrong->end(), std::back_inserter(checked_.faults));
        else
            checked_.rules = std::get<app::RuleFiles>(loaded).rules;
    }

    config::Ini ini_;
    config::Settled<Settings> settled_{settled_from(ini_)};
    Settings settings_{settled_.whole()};
    Checked checked_;
};

}  // namespace

Checked check_config(const fs::path& ini) {
    auto loaded = config::load_settings(ini);
    if (auto* wrong = std::get_if<std::vector<Fault>>(&loaded)) return Check{ini}.run(std::move(*wrong), true);
    const auto& read = std::get<config::LoadedSettings>(loaded);
    const auto& profile = read.profile;
    auto checked = Check{ini}.run({}, profile && profile->sm2);
    if (!profile || !checked.rules) return checked;
    auto unfit = codes_unfit_for(*profile, read.settings.province->profile_file, *checked.rules);
    std::move(unfit.begin(), unfit.end(), std::back_inserter(checked.faults));
    return checked;
}

}  // namespace hcp::compose
