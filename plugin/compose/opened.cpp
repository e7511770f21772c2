#include "plugin/compose/opened.hpp"

#include "adapters/gm/sm2_cipher.hpp"
#include "adapters/journal/anchor_file.hpp"
#include "adapters/province/province_client.hpp"
#include "plugin/compose/openers.hpp"
#include "plugin/compose/rule_files.hpp"

#include <optional>
#include <utility>
#include <variant>

namespace hcp::compose {
namespace {

template <class T>
T or_refuse(ports::result<T> made, const std::string& what) {
    if (!made) throw Refused{what + "：" + made.error().message()};
    return *std::move(made);
}

std::unique_ptr<InstanceDirectory> take_directory(const ports::InstanceSettings& settings) {
    InstanceDirectory::NotTaken not_taken;
    auto directory = InstanceDirectory::take(settings.directory, not_taken);
    if (!directory) throw Refused{not_taken.why, not_taken.in_use ? Refused::Needs::time : Refused::Needs::change};
    return directory;
}

std::unique_ptr<KeySet> load_keys(const ports::KeySettings& settings) {
    std::string why;
    auto key_set = KeySet::load(settings, why);
    if (!key_set) throw Refused{why};
    return key_set;
}

// Under another founding key nothing of the store would be found again; while the store is away, nobody else notices.
record::Keys our_keys(const InstanceDirectory& directory, const KeySet& key_set) {
    const auto keys = key_set.keys();
    if (const auto member = directory.member(); member && member->founding_key != fingerprint_of(keys))
        throw Refused{
            "主密钥与本实例一直使用的创始密钥不同：请核对 [keys]，更换过主密钥的，"
            "旧密钥须都列在 old_key_files，新的在前，创始的那一把在最后"};
    return keys;
}

app::RuleFiles read_rules(const config::LoadedSettings& read, ports::Log& log) {
    auto loaded = load_rules(read.settings.rules);
    if (const auto* faults = std::get_if<std::vector<ports::Fault>>(&loaded))
        throw Refused{"规则文件" + log_faults(*faults, log)};
    auto files = std::get<app::RuleFiles>(std::move(loaded));
    if (!read.profile) return files;
    const auto unfit = codes_unfit_for(*read.profile, read.settings.province->profile_file, *files.rules);
    if (!unfit.empty()) throw Refused{"省档案与事项清单" + log_faults(unfit, log)};
    return files;
}

std::optional<gm::Sm2Cipher> make_cipher(const ports::ProvinceSettings& settings,
                                         const ports::ProvinceProfile& profile) {
    if (!profile.sm2) return std::nullopt;
    auto platform = or_refuse(platform_key_in(settings.platform_public_key_file), "platform_public_key_file 不可用");
    auto own = or_refuse(client_key_in(settings.client_private_key_file), "client_private_key_file 不可用");
    return gm::Sm2Cipher{*profile.sm2, std::move(platform), std::move(own)};
}

province::ClientOptions client_options(const config::LoadedSettings& loaded) {
    const auto& settings = *loaded.settings.province;
    province::ClientOptions options;
    options.base_url = settings.base_url;
    options.ca_file = settings.ca_file;
    options.app_mark = settings.app_mark;
    options.app_word = or_refuse(gm::read_word_file(settings.app_word_file), "app_word_file 不可用");
    options.parallel = settings.parallel;
    options.crypto_threads = loaded.settings.limits.crypto_threads;
    return options;
}

}  // namespace

struct Opened::Bridge {
    Bridge(const config::LoadedSettings& loaded, const KeySet& key_set, const ports::Clock& clock, ports::Log& log)
        : cipher{make_cipher(*loaded.settings.province, *loaded.profile)},
          client{*loaded.profile, client_options(loaded), cipher ? &*cipher : nullptr, key_set.content(), clock, log} {}

    std::optional<gm::Sm2Cipher> cipher;  // nothing: the profile has sm2 = off
    province::ProvinceClient client;
};

Opened::Opened(const config::LoadedSettings& loaded, ports::Log& log, const ports::Clock& clock)
    : directory{take_directory(loaded.settings.instance)},
      key_set{load_keys(loaded.settings.keys)},
      keys{our_keys(*directory, *key_set)},
      journal{or_refuse(open_journal(loaded.settings.journal, *directory, *key_set, log), "本地日志无法打开")},
      anchors{std::make_unique<journal::AnchorFile>(directory->anchors())},
      erasures{std::make_unique<journal::ErasureFile>(directory->erasures())},
      rule_files{read_rules(loaded, log)},
      store{store_opener(loaded.settings.store, clock, log, !directory->member())},
      bridge_{loaded.profile ? std::make_unique<Bridge>(loaded, *key_set, clock, log) : nullptr} {}

Opened::~Opened() = default;

ports::Province* Opened::province() const {
    return bridge_ ? &bridge_->client : nullptr;
}

void Opened::stop_bridge() {
    if (bridge_) bridge_->client.stop();
}

}  // namespace hcp::compose
