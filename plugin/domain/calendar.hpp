#pragma once
#include "plugin/domain/day_text.hpp"
#include "plugin/domain/time.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::domain {

// Whose word it is. Where two speak of the same day the higher scope is heard (E21).
enum class Scope : std::int32_t { national = 1, province = 2, centre = 3 };

// The holidays of one row: “国庆节 中秋节” and, as the notices themselves write it, “国庆节、中秋节” are two.
[[nodiscard]] std::vector<std::string> holidays_in(std::string_view name);

// One published arrangement: the State Council's for a year, or a local closure or opening laid over it.
struct Notice {
    struct Row {
        Day first, last;  // both belong to it
        bool working = false;
        std::string name;  // 春节, or several as holidays_in tells them apart
        friend bool operator==(const Row&, const Row&) = default;
    };

    Scope scope = Scope::national;
    std::chrono::year year{};  // national: the year it arranges. Its rows may reach into the December before.
    Day published;             // known from this day on, not before
    std::string title, document;
    std::vector<Row> rows;
    friend bool operator==(const Notice&, const Notice&) = default;
};

// A day that is not what its weekday says, or that a notice names.
struct SpecialDay {
    Day day;
    bool working = false;
    Scope scope = Scope::national;
    std::string name;
    friend bool operator==(const SpecialDay&, const SpecialDay&) = default;
};

// Which days are working days, as far as has been published. A value: copy it to every thread that asks.
//
// A later national notice for a year replaces the rows of the earlier ones that share a holiday's name with it
// (2020-01-27: the Spring Festival prolonged, its make-up Saturday dropped), and otherwise wins day by day. A year
// without a national notice has its weekends and the days fixed by regulation (01-01, 05-01, 05-02, 10-01 to 10-03):
// what is counted through it is provisional (E19).
class Calendar {
public:
    explicit Calendar(std::vector<Notice> notices = {});

    [[nodiscard]] bool is_working(Day day) const noexcept;
    [[nodiscard]] bool is_published(std::chrono::year year) const noexcept;
    [[nodiscard]] const SpecialDay* special(Day day) const noexcept;
    [[nodiscard]] std::span<const SpecialDay> special_days() const noexcept { return special_; }

    // The year whose notice should have been loaded by now: this one, or from 1 November the next (E19).
    [[nodiscard]] std::optional<std::chrono::year> missing_year(Day today) const noexcept;

    // Without the local days: what M7 counts by (E54). Lives as long as any copy of this calendar.
    [[nodiscard]] const Calendar& national() const& noexcept { return national_ ? *national_ : *this; }
    const Calendar& national() && = delete;

    // The calendar as it stood at the end of `day`: without what was published later.
    [[nodiscard]] Calendar known_at(Day day) const;

    // "2020-2026@2025-11-04": the years covered and the day of the youngest national notice; "+2026-03-01" is the
    // youngest local one. Names the calendar to people; whether two contents are the same is for a digest of their text
    // to say.
    [[nodiscard]] const std::string& version() const noexcept { return version_; }

    // Ordered by scope, then day of publication; their rows by day.
    [[nodiscard]] std::span<const Notice> notices() const noexcept { return notices_; }

    friend bool operator==(const Calendar& a, const Calendar& b) { return a.notices_ == b.notices_; }

private:
    std::vector<Notice> notices_;
    std::vector<SpecialDay> special_;       // ordered by day
    std::vector<std::chrono::year> years_;  // ordered
    std::string version_;
    std::shared_ptr<const Calendar> national_;  // where it is another
};

// A calendar, and since when it has been in force.
struct CalendarSince {
    Calendar calendar;
    Instant since;
};

// What a clock goes by that a local closure moves only where it was activated beforehand: without the rows of local
// notices whose first day was the day on which the notice first came into force, or an earlier one. A notice of which
// `history` knows nothing never did.
[[nodiscard]] Calendar foretold(const Calendar& calendar, std::span<const CalendarSince> history);

// The State Council's days of the one with the local days of the other.
[[nodiscard]] Calendar with_local_days(const Calendar& national, const Calendar& local);
// Whether both have the same local notices.
[[nodiscard]] bool same_local_days(const Calendar& a, const Calendar& b);
// Local closures of `offered` that `standing` has not, and that have begun: too late for the departments' clocks.
[[nodiscard]] std::vector<Day> begun_closures(const Calendar& offered, const Calendar& standing, Day today);

}  // namespace hcp::domain
