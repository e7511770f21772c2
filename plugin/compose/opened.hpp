#pragma once
#include "adapters/config/load_settings.hpp"
#include "adapters/store/late_store.hpp"
#include "plugin/app/catalogue/load_rules.hpp"
#include "plugin/compose/instance_directory.hpp"
#include "plugin/compose/key_set.hpp"
#include "plugin/ports/anchors.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/erasures.hpp"
#include "plugin/ports/journal.hpp"
#include "plugin/ports/log.hpp"
#include "plugin/ports/province.hpp"

#include <memory>
#include <stdexcept>
#include <string>

namespace hcp::compose {

// Why an instance does not start, in Chinese, and what it takes.
class Refused : public std::runtime_error {
public:
    enum class Needs {
        change,  // of a file, the ini or the database, by a person
        time,    // somebody else has it now, or the database does not answer: the same start may succeed later
    };
    explicit Refused(const std::string& why, Needs needs = Needs::change) : std::runtime_error{why}, needs_{needs} {}
    [[nodiscard]] Needs needs() const noexcept { return needs_; }

private:
    Needs needs_;
};

// What an instance has of the outside, opened; only the store may still be closed. Throws Refused, the log told of what
// is more than one line.
struct Opened {
    Opened(const config::LoadedSettings& loaded, ports::Log& log, const ports::Clock& clock);
    ~Opened();
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;

    const std::unique_ptr<InstanceDirectory> directory;
    const std::unique_ptr<KeySet> key_set;
    const record::Keys keys;
    const std::unique_ptr<ports::Journal> journal;
    const std::unique_ptr<ports::Anchors> anchors;
    const std::unique_ptr<ports::Erasures> erasures;
    const app::RuleFiles rule_files;
    store::LateStore store;

    // The bridge; nullptr: off. stop_bridge() ends its exchanges, and with them its threads.
    [[nodiscard]] ports::Province* province() const;
    void stop_bridge();

private:
    struct Bridge;
    const std::unique_ptr<Bridge> bridge_;
};

}  // namespace hcp::compose
