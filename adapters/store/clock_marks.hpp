#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/clock_marks.hpp"

namespace hcp::store {

void fields(auto& io, Of<ports::ClockMarkRow> auto& r) {
    io("instance_no", r.instance_no);
    io("newest_us", r.newest);
    io("ahead_since_us", r.ahead_since);
    io("confirmed_at_us", r.confirmed_at);
}

class SqlClockMarks final : public ports::ClockMarks {
public:
    explicit SqlClockMarks(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::vector<ports::ClockMarkRow>> all() override;
    result<void> put(const ports::ClockMarkRow&) override;
    result<std::int64_t> confirm(Instant now) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
