#pragma once
#include "plugin/ports/log.hpp"
#include "plugin/ports/rule_texts.hpp"
#include "plugin/ports/store/references.hpp"
#include "plugin/record/rules.hpp"
#include "plugin/run/alarms.hpp"
#include "plugin/run/workers.hpp"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hcp::record {

// Every calendar that was ever in force, oldest first, as far as its text can be read.
[[nodiscard]] ports::result<std::vector<domain::CalendarSince>> calendars_in(ports::ReferenceQueries& references,
                                                                             const ports::RuleTexts& texts);

// The newest of them. Nothing: there is none, or its text cannot be read.
[[nodiscard]] ports::result<std::optional<domain::Calendar>> calendar_in_force(ports::ReferenceQueries& references,
                                                                               const ports::RuleTexts& texts);

// The newest calendar of the store is in force (E50), and its catalogue, whichever instance or command brought them:
// they are asked for before anything is opened or settled, in the transaction that does so where there is one. The
// writer's.
class FollowRules {
public:
    FollowRules(RuleBook& rules, const ports::RuleTexts& texts, ports::Log& log, run::Alarms& alarms,
                const run::Workers& writer)
        : rules_{rules}, texts_{texts}, log_{log}, alarms_{alarms}, writer_{writer} {}

    // The rules in force, from now on with both. `corrupt`, with an alarm: the calendar cannot be read, and nothing may
    // be opened or settled by an older one.
    template <class Rows>  // of a snapshot or a transaction
    ports::result<std::shared_ptr<const Rules>> rules_by(Rows& rows) {
        writer_.assert_here();
        HCP_TRY(const auto newest, rows.references().newest());
        HCP_CHECK(follow_calendar(rows.references(), newest.calendar_version));
        if (newest.editions != rules_.current()->catalogue->editions()) {
            HCP_TRY(auto catalogue, released_catalogue_in(rows));
            take(std::move(catalogue));
        }
        return rules_.current();
    }

    [[nodiscard]] const ports::RuleTexts& texts() const noexcept { return texts_; }

private:
    ports::result<void> follow_calendar(ports::ReferenceQueries& references, const std::string& newest);
    void take(std::shared_ptr<const ReleasedCatalogue> catalogue);

    RuleBook& rules_;
    const ports::RuleTexts& texts_;
    ports::Log& log_;
    run::Alarms& alarms_;
    const run::Workers& writer_;
};

}  // namespace hcp::record
