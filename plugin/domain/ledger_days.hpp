#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/domain/ledger_kind.hpp"
#include "plugin/domain/time.hpp"

#include <string>

// What the ledger says of days, and of the ends that were counted by them (ledger_entries.hpp).
namespace hcp::domain::entries {

struct DeadlineExtended {
    static constexpr auto kind = LedgerKind::deadline_extended;
    EvaluationId evaluation_id;
    Instant before, after;
    std::string calendar_before, calendar_version;  // E20
    friend bool operator==(const DeadlineExtended&, const DeadlineExtended&) = default;
};
void fields(auto& io, Of<DeadlineExtended> auto& e) {
    io("编号", e.evaluation_id);
    io("原截止时间", e.before);
    io("截止时间", e.after);
    io("原日历版本", e.calendar_before);
    io("日历版本", e.calendar_version);
}

// A working day that counts in no window (E51).
struct DayLost {
    static constexpr auto kind = LedgerKind::day_lost;
    Instant begins;
    friend bool operator==(const DayLost&, const DayLost&) = default;
};
void fields(auto& io, Of<DayLost> auto& e) {
    io("日期", e.begins);
}

// A ticket's clocks went on to later ends, since a calendar has made days off of working days (E20, E21).
struct TicketExtended {
    static constexpr auto kind = LedgerKind::ticket_extended;
    TicketId ticket_id;
    Instant contact_deadline, rectify_deadline;
    std::string calendar_version;
    friend bool operator==(const TicketExtended&, const TicketExtended&) = default;
};
void fields(auto& io, Of<TicketExtended> auto& e) {
    io("编号", e.ticket_id);
    io("联系期限", e.contact_deadline);
    io("整改期限", e.rectify_deadline);
    io("日历版本", e.calendar_version);
}

// Whose word it is that a calendar with these local days is in force (E21).
struct LocalDaysActivated {
    static constexpr auto kind = LedgerKind::local_days_activated;
    std::string calendar_version;
    std::string activated_by;  // staff id
    friend bool operator==(const LocalDaysActivated&, const LocalDaysActivated&) = default;
};
void fields(auto& io, Of<LocalDaysActivated> auto& e) {
    io("日历版本", e.calendar_version);
    io("启用人", e.activated_by);
}

}  // namespace hcp::domain::entries
