#pragma once
#include <concepts>
#include <cstdint>
#include <type_traits>

namespace hcp::domain {

// Written into canonical entries: never renumber, never reuse.
enum class LedgerKind : std::int32_t {
    case_opened = 1,
    evaluation_opened = 2,
    rated = 3,
    defaulted = 4,
    voided = 5,
    ticket_opened = 6,
    withdrawn = 7,
    bids_opened = 8,
    visit = 9,
    comment = 10,  // before revisions
    delivered = 11,
    reference_loaded = 12,
    deadline_extended = 13,
    virtual_clock = 14,
    case_conflict = 15,
    day_lost = 16,
    comment_revised = 17,
    consented = 18,
    subject_erased = 19,
    role_proposed = 21,
    role_confirmed = 22,
    role_ended = 23,
    staff_invited = 24,
    staff_signed_on = 25,
    department_released = 26,
    item_released = 27,
    guide_released = 28,
    ticket_extended = 29,
    local_days_activated = 30,
    attributed = 31,
    list_exported = 32,
    unmasked = 33,
    leak_reported = 34,
    leak_decided = 35,
    rule_interpreted = 36,
};

namespace entries {

template <class T, class Entry>
concept Of = std::same_as<std::remove_const_t<T>, Entry>;

}  // namespace entries

}  // namespace hcp::domain
