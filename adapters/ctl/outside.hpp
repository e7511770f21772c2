#pragma once
#include "plugin/app/catalogue/editions.hpp"
#include "plugin/app/desk_sessions/desk.hpp"
#include "plugin/app/people/people.hpp"
#include "plugin/ports/anchors.hpp"
#include "plugin/ports/catalogue_files.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/ini_entry.hpp"
#include "plugin/ports/journal.hpp"
#include "plugin/ports/result.hpp"
#include "plugin/ports/roster.hpp"
#include "plugin/ports/rule_texts.hpp"
#include "plugin/ports/settings.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/record/held_because.hpp"
#include "plugin/record/keys.hpp"
#include "plugin/record/rules.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hcp::ctl {

// What a script reads of a run.
enum Exit : int {
    fine = 0,
    finding = 1,  // something was found, or could not be done
    misuse = 2,   // arguments or configuration: nothing was tried
};

// Thrown to end a command with this code and this text on the error stream; ends in run().
struct Refusal {
    Exit code = finding;
    std::string text;
};

[[nodiscard]] inline Refusal refused_by_database(const ports::error_code& error) {
    return {finding, "数据库没有完成操作：" + error.message()};
}

struct NewKeys {
    ports::Secret master;  // the texts of the files
    ports::Secret anchor;
    std::string anchor_public;
    std::string master_id, anchor_id;
};

struct KeyLine {
    std::string purpose, file, id;
};

struct SchemaStep {
    std::int32_t number = 0;
    std::string name, checksum;
    std::optional<domain::Instant> applied_at;
    bool newer = false;      // taken by a newer software, unknown to this one
    bool contracts = false;  // not for as long as an older software runs
};

// A statement of the store as the configured database gets it, parameters by name.
struct StoreStatement {
    std::string name, text;
    bool own = false;  // this database has a text of its own for it
};

// One thing that was looked at, in Chinese.
struct DatabaseRemark {
    enum class Kind { fine, warning, fault };
    Kind kind = Kind::fine;
    std::string about, text;
};

// What became of the journal of an instance that is no more.
struct AdoptedJournal {
    std::int32_t instance_no = 0;
    std::int64_t found = 0, left = 0, set_aside = 0;  // events
};

struct Checked {
    std::vector<ports::Fault> faults;            // of the ini and of every file it names
    std::vector<ports::Fault> warnings;          // none of which keeps an instance from starting
    std::shared_ptr<const record::Rules> rules;  // where those could be read
};

// What the configured database is made of.
class Schema {
public:
    virtual ~Schema() = default;
    // Takes the steps that only add, or also those that contract; answers how many.
    virtual std::size_t migrate(bool contract) = 0;
    // What a DBA runs instead; empty when no such step is missing.
    [[nodiscard]] virtual std::string script(bool contract) = 0;
    [[nodiscard]] virtual std::vector<SchemaStep> steps() = 0;
    [[nodiscard]] virtual std::vector<DatabaseRemark> check() = 0;       // changes nothing
    [[nodiscard]] virtual std::vector<StoreStatement> statements() = 0;  // needs no database
};

// What the commands need from outside, for one ini; main binds it. Everything is opened when it is first asked for,
// stays open, and throws Refusal when it cannot be had.
class Outside {
public:
    virtual ~Outside() = default;
    [[nodiscard]] virtual domain::Instant now() const = 0;
    // Whether who runs it has asked for its end since this was first asked (Ctrl-C).
    [[nodiscard]] virtual bool cancelled() = 0;

    [[nodiscard]] virtual NewKeys new_keys() = 0;  // needs no ini
    [[nodiscard]] virtual std::vector<KeyLine> keys() = 0;

    // What rows are sealed with, under which master keys; all of it lives as long as this.
    [[nodiscard]] virtual record::Keys row_keys() = 0;
    [[nodiscard]] virtual const ports::MasterKeys& master_keys() = 0;
    [[nodiscard]] virtual std::string carried_digests() = 0;  // the text of a digest_key_file

    [[nodiscard]] virtual Checked check() = 0;
    [[nodiscard]] virtual std::string text_of(const ports::Fault& fault) const = 0;
    [[nodiscard]] virtual std::string config_template() const = 0;  // needs no ini
    [[nodiscard]] virtual std::string describe_settings() = 0;
    [[nodiscard]] virtual std::shared_ptr<const record::Rules> rules() = 0;
    // The same with this file of notices in the calendar directory, in place of the one there that has its name.
    [[nodiscard]] virtual std::shared_ptr<const record::Rules> rules_with(const std::filesystem::path& notices) = 0;
    [[nodiscard]] virtual std::filesystem::path calendar_directory() = 0;
    [[nodiscard]] virtual const ports::RuleTexts& rule_texts() = 0;
    // Of the two alone; needs no ini. They count days, and have neither tags nor items.
    [[nodiscard]] virtual std::shared_ptr<const record::Rules> rules_of(const std::filesystem::path& calendar_directory,
                                                                        const std::filesystem::path& policy_file) = 0;
    // Nothing while [province] is off.
    [[nodiscard]] virtual std::optional<record::BridgeTerms> bridge() = 0;

    [[nodiscard]] virtual Schema& schema() = 0;
    [[nodiscard]] virtual ports::Store& store() = 0;

    [[nodiscard]] virtual ports::Journal& journal() = 0;
    // Brings into the store what an instance has accepted and left behind in its directory. Refused while that one
    // lives. `progress`: how many events are left, now and then; ends early when it is cancelled, and what is left
    // stays where it is.
    [[nodiscard]] virtual AdoptedJournal adopt_journal(const std::filesystem::path& directory,
                                                       const std::function<void(std::int64_t left)>& progress) = 0;

    // What must stand on no command line.
    [[nodiscard]] virtual std::string line_of_input() = 0;
    // E29: looks for the subject, and erases it when that is `confirmed`; the running instances go on. Refused while a
    // matter of the subject is open (E46). Nothing: there is no such subject.
    struct ErasedSubject {
        std::int64_t evaluations = 0;  // without those under bid secrecy
        bool erased = false;
    };
    [[nodiscard]] virtual std::optional<ErasedSubject> erase_subject(domain::SubjectType type,
                                                                     std::string_view certificate_no,
                                                                     bool confirmed) = 0;

    // Needs no ini.
    [[nodiscard]] virtual ports::RosterFile roster(const std::filesystem::path& file) = 0;
    // The three files of a folder, of which some may be missing; and their texts. Need no ini.
    [[nodiscard]] virtual ports::CatalogueFiles catalogue_files(const std::filesystem::path& folder) = 0;
    [[nodiscard]] virtual std::string catalogue_text(domain::CataloguePart part,
                                                     const domain::CatalogueTables& catalogue) = 0;
    [[nodiscard]] virtual const record::Keys& record_keys() = 0;
    // To write with beside the instances, under a number of its own in the store; the instances sign what it enters.
    [[nodiscard]] virtual app::PeopleMeans people() = 0;
    [[nodiscard]] virtual app::DeskMeans desk() = 0;
    [[nodiscard]] virtual bool serves_pages() = 0;  // those where subjects rate
    // Nothing while [staff] is off.
    [[nodiscard]] virtual std::optional<ports::StaffWebSettings> staff_web() = 0;
    [[nodiscard]] virtual app::CatalogueMeans catalogue() = 0;  // likewise

    [[nodiscard]] virtual ports::Anchors& anchors() = 0;
    [[nodiscard]] virtual const ports::Digests& digests() = 0;
    [[nodiscard]] virtual const ports::KeyedDigest& ledger_seal() = 0;
    // Verifies only when it is made of a public key's file, after which no secret of the ini is looked for; without
    // one, of the anchor key of the ini.
    [[nodiscard]] virtual std::unique_ptr<const ports::Signer> anchor_key(const std::filesystem::path& public_key) = 0;
};

using Bind = std::function<std::unique_ptr<Outside>(const std::filesystem::path& ini)>;

}  // namespace hcp::ctl
