#pragma once
#include "plugin/domain/calendar.hpp"
#include "plugin/domain/policy.hpp"
#include "plugin/domain/tags.hpp"
#include "plugin/ports/store/cases.hpp"
#include "plugin/ports/store/catalogue.hpp"
#include "plugin/record/released_catalogue.hpp"
#include "plugin/run/mutex.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace hcp::record {

// Everything that decides, from config/ and from what was released since, as one value: a use case takes the pointer
// once and judges by it throughout.
struct Rules {
    domain::PolicyBook policies;
    domain::Calendar calendar;
    std::vector<domain::Day> lost_days;  // on which nobody could have answered (E51); ordered
    domain::TagBook tags;
    std::map<std::string, ports::ItemRow, std::less<>> items;  // of the file
    std::shared_ptr<const ReleasedCatalogue> catalogue = std::make_shared<const ReleasedCatalogue>();
    std::map<std::string, ports::NodeRow, std::less<>> nodes;

    // What was released comes before what a file says.
    [[nodiscard]] const ports::ItemRow* item(std::string_view code) const {
        for (const auto* known : {&catalogue->items(), &items})
            if (const auto found = known->find(code); found != known->end()) return &found->second;
        return nullptr;
    }
    // E30: the version that was in force at completion judges a case, whatever was loaded since.
    [[nodiscard]] const domain::PolicyVersion& policy_of(const ports::CaseRow& case_row) const {
        const auto* named = policies.find(case_row.policy_version);
        return named != nullptr ? *named : *policies.in_force(case_row.completed_at).version;
    }
    [[nodiscard]] const ports::NodeRow* node(std::string_view name) const {
        const auto found = nodes.find(name);
        return found == nodes.end() ? nullptr : &found->second;
    }
};

// The rules in force, replaced as a whole by a reload. Any thread.
class RuleBook {
public:
    explicit RuleBook(std::shared_ptr<const Rules> rules) : rules_{std::move(rules)} {}
    [[nodiscard]] std::shared_ptr<const Rules> current() const {
        const run::Lock lock{mutex_};
        return rules_;
    }
    // What was lost stays lost.
    void replace(const std::shared_ptr<const Rules>& rules) {
        const run::Lock lock{mutex_};
        put(*rules, rules_->lost_days);
    }
    void lose(std::vector<domain::Day> days) {
        const run::Lock lock{mutex_};
        put(*rules_, std::move(days));
    }

private:
    void put(const Rules& rules, std::vector<domain::Day> lost_days) HCP_REQUIRES(mutex_) {
        auto copy = std::make_shared<Rules>(rules);
        copy->lost_days = std::move(lost_days);
        rules_ = std::move(copy);
    }

    mutable run::Mutex mutex_;
    std::shared_ptr<const Rules> rules_ HCP_GUARDED_BY(mutex_);
};

}  // namespace hcp::record
