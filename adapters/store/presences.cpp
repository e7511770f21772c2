#include "adapters/store/presences.hpp"

#include "adapters/store/statement_list.hpp"

namespace hcp::store {

using ports::PresenceRow;

namespace {

constexpr struct {
    Statement all{"presences.all", "select {presences} from presences order by from_us, instance_no", true};
    Statement put{"presences.put", "{upsert presences by instance_no, from_us}"};
    Statement lost_days{"presences.lost_days", "select lost_day from lost_days order by lost_day", true};
    Statement lose{"presences.lose", "{insert lost_days}"};
} presences_sql;

}  // namespace

std::vector<const Statement*> SqlPresences::statements() {
    return list_of(presences_sql);
}

result<std::vector<PresenceRow>> SqlPresences::all() {
    return unit_.guarded([&] { return unit_.rows<PresenceRow>(presences_sql.all); });
}

result<std::vector<Day>> SqlPresences::lost_days() {
    return unit_.guarded([&] {
        std::vector<Day> days;
        unit_.query(presences_sql.lost_days, {}, [&](Decoder from) { days.push_back(from.take<Day>()); });
        return days;
    });
}

result<void> SqlPresences::put(const PresenceRow& row) {
    return unit_.guarded([&] { unit_.insert(presences_sql.put, std::span{&row, 1}); });
}

result<void> SqlPresences::lose(std::span<const Day> days, Instant now) {
    return unit_.guarded([&] {
        std::vector<LostDayRow> rows;
        for (const auto day : days) rows.push_back({day, now});
        unit_.insert(presences_sql.lose, std::span<const LostDayRow>{rows});
    });
}

}  // namespace hcp::store
