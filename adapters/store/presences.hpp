#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/presences.hpp"

namespace hcp::store {

void fields(auto& io, Of<ports::PresenceRow> auto& r) {
    io("instance_no", r.instance_no);
    io("from_us", r.from);
    io("until_us", r.until);
    io("asked_at_us", r.asked_at);
}

struct LostDayRow {
    Day day;
    Instant noted_at;
};
void fields(auto& io, Of<LostDayRow> auto& r) {
    io("lost_day", r.day);
    io("noted_at_us", r.noted_at);
}

class SqlPresences final : public ports::Presences {
public:
    explicit SqlPresences(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::vector<ports::PresenceRow>> all() override;
    result<std::vector<Day>> lost_days() override;
    result<void> put(const ports::PresenceRow&) override;
    result<void> lose(std::span<const Day>, Instant now) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
