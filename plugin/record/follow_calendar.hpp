#pragma once
#include "plugin/ports/log.hpp"
#include "plugin/ports/rule_texts.hpp"
#include "plugin/ports/store/references.hpp"
#include "plugin/record/rules.hpp"
#include "plugin/run/alarms.hpp"
#include "plugin/run/workers.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace hcp::record {

// Every calendar that was ever in force, oldest first, as far as its text can be read.
[[nodiscard]] ports::result<std::vector<domain::CalendarSince>> calendars_in(ports::ReferenceQueries& references,
                                                                             const ports::RuleTexts& texts);

// The newest of them. Nothing: there is none, or its text cannot be read.
[[nodiscard]] ports::result<std::optional<domain::Calendar>> calendar_in_force(ports::ReferenceQueries& references,
                                                                               const ports::RuleTexts& texts);

// The newest calendar of the store is in force (E50), whichever instance brought it: it is asked for before anything is
// opened or settled, in the transaction that does so where there is one. The writer's.
class FollowCalendar {
public:
    FollowCalendar(RuleBook& rules, const ports::RuleTexts& texts, ports::Log& log, run::Alarms& alarms,
                   const run::Workers& writer)
        : rules_{rules}, texts_{texts}, log_{log}, alarms_{alarms}, writer_{writer} {}

    // The rules in force, from now on with that calendar. `corrupt`, with an alarm: it cannot be read, and nothing may
    // be opened or settled by an older one.
    ports::result<std::shared_ptr<const Rules>> rules_by(ports::ReferenceQueries& references);

    [[nodiscard]] const ports::RuleTexts& texts() const noexcept { return texts_; }

private:
    RuleBook& rules_;
    const ports::RuleTexts& texts_;
    ports::Log& log_;
    run::Alarms& alarms_;
    const run::Workers& writer_;
};

}  // namespace hcp::record
