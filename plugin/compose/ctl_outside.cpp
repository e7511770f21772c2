#include "plugin/compose/ctl_outside.hpp"

#include "adapters/calendar/catalogue_tables.hpp"
#include "adapters/calendar/imported_text.hpp"
#include "adapters/calendar/staff_file.hpp"
#include "adapters/config/load_settings.hpp"
#include "adapters/gm/encoding.hpp"
#include "adapters/gm/sm2_key.hpp"
#include "adapters/gm/tokens.hpp"
#include "adapters/journal/anchor_file.hpp"
#include "adapters/journal/erasure_file.hpp"
#include "adapters/store/check_database.hpp"
#include "adapters/store/sql_store.hpp"
#include "plugin/compose/adopt_journal.hpp"
#include "plugin/compose/check_config.hpp"
#include "plugin/compose/ctl_books.hpp"
#include "plugin/compose/erase_subject.hpp"
#include "plugin/compose/instance_directory.hpp"
#include "plugin/compose/key_set.hpp"
#include "plugin/compose/openers.hpp"
#include "plugin/compose/rule_files.hpp"
#include "plugin/domain/bytes.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/record/held_because.hpp"
#include "plugin/run/descriptor.hpp"

#include <array>
#include <csignal>
#include <iostream>
#include <utility>

namespace hcp::compose {
namespace {

namespace fs = std::filesystem;
using ctl::Checked, ctl::DatabaseRemark, ctl::KeyLine, ctl::NewKeys, ctl::SchemaStep, ctl::StoreStatement;
using ctl::Refusal, ctl::finding, ctl::misuse;
using ports::Fault;

class ErrorStreamLog final : public ports::Log {
public:
    void write(ports::LogLevel level, std::string_view line) noexcept override {
        if (level >= ports::LogLevel::warning) std::cerr << line << '\n';
    }
};

template <class T>
T or_refuse(ports::result<T> made, std::string_view what) {
    if (!made) throw Refusal{finding, std::string{what} + "：" + made.error().message()};
    return *std::move(made);
}

std::string anchor_id(const EVP_PKEY& key) {
    return domain::hex_text(gm::key_id_of(ports::as_bytes(gm::sm2_public_hex(key))));
}

std::string text_in(const fs::path& path) {
    auto text = run::text_of_file(path);
    if (!text) throw Refusal{misuse, path.string() + " 读不出来；检查路径和权限"};
    return *std::move(text);
}

// So much of it, and a little more of a larger one.
std::string beginning_of(const fs::path& path, std::size_t most) {
    const auto file = run::open_file(path, O_RDONLY);
    std::string text;
    for (std::array<char, 16384> block{}; text.size() <= most;) {
        const auto got = file ? run::read_some(file, block.data(), block.size()) : -1;
        if (got < 0) throw Refusal{misuse, path.string() + " 读不出来；检查路径和权限"};
        if (got == 0) break;
        text.append(block.data(), static_cast<std::size_t>(got));
    }
    return text;
}

volatile std::sig_atomic_t end_was_asked_for = 0;

class Bound final : public ctl::Outside {
public:
    explicit Bound(fs::path ini) : ini_{std::move(ini)} {}

    domain::Instant now() const override { return clock_.now(); }
    bool cancelled() override {
        if (!std::exchange(watches_end_, true)) std::signal(SIGINT, [](int) { end_was_asked_for = 1; });
        return end_was_asked_for != 0;
    }

    NewKeys new_keys() override {
        NewKeys keys;
        keys.master = or_refuse(gm::new_master_key_text(), "无法生成主密钥");
        keys.anchor = or_refuse(gm::new_sm2_private_pem(), "无法生成锚点密钥");
        const auto master = or_refuse(gm::unhex_secret(ports::as_text(keys.master.view())), "无法生成主密钥");
        const auto anchor = or_refuse(gm::sm2_private_from_pem(ports::as_text(keys.anchor.view())), "无法生成锚点密钥");
        keys.anchor_public = gm::sm2_public_pem(*anchor);
        keys.master_id = domain::hex_text(gm::key_id_of(master.view()));
        keys.anchor_id = anchor_id(*anchor);
        return keys;
    }

    std::vector<KeyLine> keys() override {
        const auto& settings = this->settings().keys;
        std::vector<KeyLine> lines;
        const auto master = [&](std::string purpose, const fs::path& file) {
            lines.push_back({std::move(purpose), file.string(),
                             domain::hex_text(or_refuse(gm::Keyring::load(file), file.string()).current_id())});
        };
        master("主密钥", settings.master_key_file);
        for (const auto& older : settings.old_key_files) master("旧主密钥", older);
        if (!settings.next_key_file.empty()) master("将要换用的主密钥", settings.next_key_file);
        lines.push_back({"留痕锚点密钥", settings.anchor_key_file.string(),
                         anchor_id(*or_refuse(anchor_key_in(settings.anchor_key_file), "留痕锚点密钥"))});
        return lines;
    }

    record::Keys row_keys() override { return key_set().keys(); }
    const ports::MasterKeys& master_keys() override { return key_set().masters(); }
    std::string carried_digests() override { return or_refuse(key_set().carried_digests(), "摘要密钥写不出来"); }

    Checked check() override { return check_config(ini_); }
    std::string text_of(const Fault& fault) const override { return config::text_of(fault); }
    std::string config_template() const override { return config::template_text(); }
    std::string describe_settings() override { return config::describe_settings(loaded()); }

    std::shared_ptr<const record::Rules> rules() override { return rules_with({}); }
    std::shared_ptr<const record::Rules> rules_with(const fs::path& notices) override {
        auto rules = load_rules(settings().rules, notices);
        if (const auto* wrong = std::get_if<std::vector<Fault>>(&rules)) refuse(*wrong);
        return std::get<app::RuleFiles>(rules).rules;
    }
    fs::path calendar_directory() override { return settings().rules.calendar_directory; }
    const ports::RuleTexts& rule_texts() override { return rule_texts_; }
    std::shared_ptr<const record::Rules> rules_of(const fs::path& calendar_directory,
                                                  const fs::path& policy_file) override {
        auto rules = load_calendar_rules(policy_file, calendar_directory);
        if (const auto* wrong = std::get_if<std::vector<Fault>>(&rules)) refuse(*wrong);
        return std::get<std::shared_ptr<const record::Rules>>(std::move(rules));
    }

    std::optional<record::BridgeTerms> bridge() override {
        const auto& profile = loaded().profile;
        return profile ? std::optional{record::bridge_terms(*profile)} : std::nullopt;
    }

    ctl::Schema& schema() override { return schema_; }
    ports::Store& store() override {
        std::string why;
        if (!store_) need_database();
        if (!store_) store_ = database(store::open_store(options(), &why), why);
        return *store_;
    }

    // The journal is one process's: the instance must be stopped, and does not start while we are here.
    ports::Journal& journal() override {
        if (journal_) return *journal_;
        std::error_code error;
        const auto& path = settings().instance.directory;
        if (!fs::is_directory(path, error))
            throw Refusal{finding, "实例目录 " + path.string() + " 还不存在：实例从未启动过"};
        InstanceDirectory::NotTaken not_taken;
        directory_ = InstanceDirectory::take(path, not_taken);
        if (!directory_) throw Refusal{finding, not_taken.why + "；处理搁置的事件前先停止实例"};
        if (!fs::exists(directory_->journal(), error))
            throw Refusal{finding, "实例目录 " + path.string() + " 中没有本地日志：实例从未启动过"};
        journal_ = or_refuse(open_journal(settings().journal, *directory_, key_set(), log_), "本地日志打不开");
        return *journal_;
    }

    ctl::AdoptedJournal adopt_journal(const fs::path& directory,
                                      const std::function<void(std::int64_t)>& progress) override {
        need_database();
        return compose::adopt_journal(loaded(), directory, log_, progress, [this] { return cancelled(); });
    }

    std::string line_of_input() override {
        std::string line;
        std::getline(std::cin, line);
        return line;
    }
    std::optional<ErasedSubject> erase_subject(domain::SubjectType type, std::string_view certificate_no,
                                               bool confirmed) override {
        const auto& directory = settings().instance.directory;
        std::error_code error;
        if (!fs::is_directory(directory, error))
            throw Refusal{finding, "实例目录 " + directory.string() + " 还不存在：实例从未启动过"};
        journal::ErasureFile erasures{directory / journal::erasure_file_name};
        return compose::erase_subject(store(), ctl_books().books(), record_keys(), erasures, clock_, type,
                                      certificate_no, confirmed);
    }
    ports::RosterFile roster(const fs::path& file) override {
        return calendar::roster_from(file.filename().string(), beginning_of(file, calendar::most_imported_bytes));
    }
    ports::CatalogueFiles catalogue_files(const fs::path& folder) override {
        ports::CatalogueFiles files;
        bool any = false;
        for (const auto part : domain::catalogue_parts) {
            const auto file = folder / domain::file_of(part);
            std::error_code error;
            if (!fs::exists(file, error)) continue;
            calendar::read_part(part, beginning_of(file, calendar::most_imported_bytes), files);
            any = true;
        }
        if (!any)
            throw Refusal{misuse, folder.string() + " 中没有 departments.csv、items.csv 或 guides.csv；检查路径和权限"};
        return files;
    }
    std::string catalogue_text(domain::CataloguePart part, const domain::CatalogueTables& catalogue) override {
        return calendar::table_text(part, catalogue);
    }
    const record::Keys& record_keys() override {
        if (!record_keys_) record_keys_.emplace(key_set().keys());
        return *record_keys_;
    }
    app::DeskMeans desk() override { return {ctl_books().books(), record_keys(), tokens_, ctl_books().writer()}; }
    bool serves_pages() override { return settings().web.has_value(); }
    std::optional<ports::StaffWebSettings> staff_web() override { return settings().staff; }
    app::PeopleMeans people() override { return {ctl_books().books(), record_keys(), ctl_books().writer()}; }
    app::CatalogueMeans catalogue() override { return {ctl_books().books(), record_keys(), ctl_books().writer()}; }

    ports::Anchors& anchors() override {
        if (!anchors_) anchors_.emplace(settings().instance.directory / journal::anchor_file_name);
        return *anchors_;
    }
    const ports::Digests& digests() override { return sm3_; }
    const ports::KeyedDigest& ledger_seal() override { return key_set().ledger(); }
    std::unique_ptr<const ports::Signer> anchor_key(const fs::path& public_key) override {
        if (public_key.empty())
            return std::make_unique<gm::Sm2Signer>(
                or_refuse(anchor_key_in(settings().keys.anchor_key_file), "留痕锚点密钥"));
        secrets_ = config::Secrets::left_alone;
        auto key = gm::sm2_public_from_text(text_in(public_key));
        if (!key)
            throw Refusal{misuse,
                          public_key.string() + " 不是 SM2 公钥（PEM）；应为 hcpctl keys init 生成的 anchor.pub.pem"};
        return std::make_unique<gm::Sm2Signer>(*std::move(key));
    }

private:
    class BoundSchema final : public ctl::Schema {
    public:
        explicit BoundSchema(Bound& bound) : bound_{bound} {}
        std::size_t migrate(bool contract) override {
            std::string why;
            return database(store::migrate(bound_.options(), bound_.clock_.now(), &why, which(contract)), why);
        }
        std::string script(bool contract) override {
            std::string why;
            return database(store::migration_script(bound_.options(), bound_.clock_.now(), &why, which(contract)), why);
        }
        std::vector<SchemaStep> steps() override {
            bound_.need_database();
            std::string why;
            std::vector<SchemaStep> steps;
            for (auto& step : database(store::migration_status(bound_.options(), &why), why)) {
                const bool contracts = step.contracts();
                steps.push_back({step.number, std::move(step.name), std::move(step.checksum), step.applied_at,
                                 step.newer, contracts});
            }
            return steps;
        }
        std::vector<DatabaseRemark> check() override {
            bound_.need_database();
            std::vector<DatabaseRemark> remarks;
            for (auto& one :
                 store::check_database(bound_.options(), bound_.clock_.now(), bound_.settings().max_clock_skew))
                remarks.push_back({kind_of(one.kind), std::move(one.about), std::move(one.text)});
            return remarks;
        }
        std::vector<StoreStatement> statements() override {
            std::vector<StoreStatement> all;
            for (auto& one : store::statements(bound_.settings().store.backend))
                all.push_back({std::string{one.name}, std::move(one.text), one.own});
            return all;
        }

    private:
        static store::Steps which(bool contract) { return contract ? store::Steps::all : store::Steps::expand; }
        static DatabaseRemark::Kind kind_of(store::Remark::Kind kind) {
            switch (kind) {
                case store::Remark::Kind::fine:
                    return DatabaseRemark::Kind::fine;
                case store::Remark::Kind::warning:
                    return DatabaseRemark::Kind::warning;
                case store::Remark::Kind::fault:
                    return DatabaseRemark::Kind::fault;
            }
            return DatabaseRemark::Kind::fault;
        }
        Bound& bound_;
    };

    [[noreturn]] void refuse(const std::vector<Fault>& faults) const {
        std::string text;
        for (const auto& fault : faults) text += config::text_of(fault) + '\n';
        throw Refusal{misuse, text};
    }
    const config::LoadedSettings& loaded() {
        if (!loaded_) {
            auto loaded = config::load_settings(ini_, secrets_);
            if (const auto* wrong = std::get_if<std::vector<Fault>>(&loaded)) refuse(*wrong);
            loaded_ = std::get<config::LoadedSettings>(std::move(loaded));
        }
        return *loaded_;
    }
    const ports::Settings& settings() { return loaded().settings; }

    CtlBooks& ctl_books() {
        if (!ctl_books_) ctl_books_.emplace(store(), anchors(), key_set(), clock_, log_);
        return *ctl_books_;
    }

    const KeySet& key_set() {
        std::string why;
        if (!key_set_) key_set_ = KeySet::load(settings().keys, why);
        if (!key_set_) throw Refusal{finding, why};
        return *key_set_;
    }

    store::StoreOptions options() { return store_options(settings().store, 1); }
    void need_database() {
        std::error_code error;
        const auto& store = settings().store;
        if (store.backend == ports::Backend::sqlite3 && !fs::exists(store.path, error))
            throw Refusal{finding, "数据库文件 " + store.path.string() + " 还不存在；运行 hcpctl db migrate 建立"};
    }
    template <class T>
    static T database(ports::result<T> made, const std::string& why) {
        if (!made) throw Refusal{finding, why.empty() ? made.error().message() : why};
        return *std::move(made);
    }

    bool watches_end_ = false;
    fs::path ini_;
    ports::SystemClock clock_;
    BoundSchema schema_{*this};
    ErrorStreamLog log_;
    gm::Sm3 sm3_;
    const StoredRuleTexts rule_texts_;
    const gm::RandomTokens tokens_;
    config::Secrets secrets_ = config::Secrets::checked;
    std::optional<config::LoadedSettings> loaded_;
    std::unique_ptr<ports::Store> store_;
    std::optional<journal::AnchorFile> anchors_;
    std::unique_ptr<InstanceDirectory> directory_;
    std::unique_ptr<KeySet> key_set_;
    std::unique_ptr<ports::Journal> journal_;
    std::optional<const record::Keys> record_keys_;
    std::optional<CtlBooks> ctl_books_;
};

}  // namespace

std::unique_ptr<ctl::Outside> ctl_outside(const fs::path& ini) {
    return std::make_unique<Bound>(ini);
}

}  // namespace hcp::compose
