#pragma once
#include "plugin/domain/time.hpp"
#include "plugin/ports/rule_texts.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/record/rules.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace hcp::app {

// One deadline that would move.
struct WouldMove {
    std::int64_t id = 0;  // of the evaluation, or of the ticket
    std::string case_no;
    domain::Instant before, after;
};
struct CalendarPreview {
    struct Kind {
        std::int64_t looked_at = 0, moved = 0;
        std::vector<WouldMove> first;  // so many as were asked for, by id
    };
    Kind windows;                   // of open evaluations
    Kind contacts, rectifications;  // of tickets that run
};

// E20, E21: what extend_deadlines and extend_tickets would do if the calendar of these rules came into force at `now`.
// Changes nothing; counts and lists nothing that is under bid secrecy (E14). A snapshot a page, between which
// `cancelled` is asked. Any database thread.
[[nodiscard]] ports::result<CalendarPreview> preview_calendar(ports::Store& store, const ports::RuleTexts& texts,
                                                              const record::Rules& offered, domain::Instant now,
                                                              std::size_t limit,
                                                              const std::function<bool()>& cancelled);
// As scripts and the desk read it.
[[nodiscard]] boost::json::object json_of(const CalendarPreview&);

}  // namespace hcp::app
