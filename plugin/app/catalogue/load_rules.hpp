#pragma once
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/log.hpp"
#include "plugin/ports/rule_texts.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/record/books.hpp"
#include "plugin/record/rules.hpp"
#include "plugin/run/alarms.hpp"
#include "plugin/run/workers.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::app {

// One version of something that decides, as its file gives it.
struct ReferenceFile {
    ports::ReferenceKind kind = ports::ReferenceKind::policy;
    std::string version;
    std::string content;  // canonical: the same meaning gives the same text
};

// All that config/ says, read and without a fault in itself.
struct RuleFiles {
    std::shared_ptr<const record::Rules> rules;
    std::vector<ReferenceFile> references;  // what goes into the store, by version
};

// A file that says of a version something else than the store.
struct ReferenceConflict {
    ports::ReferenceKind kind = ports::ReferenceKind::policy;
    std::string version;
    bool missing = false;  // a policy that cases were judged by and that the file no longer has (E30)
};
[[nodiscard]] std::string text_of(const ReferenceConflict&);  // what and the remedy, Chinese

// The files are the source from which the store imports, by version, with a ledger entry each; then the store is the
// truth: a version that it has is judged by as it has it, whatever its file says now.
class LoadRules {
public:
    struct Means {
        ports::Store& store;
        record::Books& books;
        const ports::Digests& digests;
        const ports::RuleTexts& texts;
        record::RuleBook& rules;
        ports::Log& log;
        run::Alarms& alarms;
        const run::Workers& writer;
    };
    explicit LoadRules(const Means& means) : means_{means} {}

    using Conflicts = std::vector<ReferenceConflict>;
    // At a start. Of a kind that is in conflict nothing is imported, and the stored versions are in force, with an
    // alarm. Both are the writer's, and answer the conflicts; on an error nothing has changed.
    ports::result<Conflicts> start_with(const RuleFiles& files);
    // In operation: all, or, with any conflict, nothing.
    ports::result<Conflicts> replace_by(const RuleFiles& files);
    // What was held for want of an item goes out once a release has brought it: asked after the rules were followed,
    // by every instance, since one that has not followed yet holds it again. The writer's.
    void classify_held();

private:
    struct Import;
    [[nodiscard]] ports::result<Import> import(const RuleFiles& files, bool despite_conflicts);
    [[nodiscard]] ports::result<std::shared_ptr<const record::Rules>> in_force(const Import& import) const;
    [[nodiscard]] bool differs(const ports::ReferenceRow& stored, const ReferenceFile& file,
                               const record::Rules& of_files) const;
    ports::result<void> offer(const RuleFiles& files, ports::Transaction& tx, domain::Instant now, Import& done) const;
    void tell_of(const Import& done) const;
    void tell_of_released(std::int64_t deliveries) const;

    const Means means_;
    std::int64_t classified_by_ HCP_GUARDED_BY(means_.writer) = 0;  // releases
};

}  // namespace hcp::app
