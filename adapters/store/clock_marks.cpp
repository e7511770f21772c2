#include "adapters/store/clock_marks.hpp"

#include "adapters/store/statement_list.hpp"

namespace hcp::store {

using ports::ClockMarkRow;

namespace {

constexpr struct {
    Statement all{"clock_marks.all", "select {clock_marks} from clock_marks order by instance_no", true};
    Statement put{"clock_marks.put", "{upsert clock_marks by instance_no}"};
    Statement confirm{"clock_marks.confirm",
                      "update clock_marks set newest_us = :now, ahead_since_us = null, confirmed_at_us = :now", true};
} clock_marks_sql;

}  // namespace

std::vector<const Statement*> SqlClockMarks::statements() {
    return list_of(clock_marks_sql);
}

result<std::vector<ClockMarkRow>> SqlClockMarks::all() {
    return unit_.guarded([&] { return unit_.rows<ClockMarkRow>(clock_marks_sql.all); });
}

result<void> SqlClockMarks::put(const ClockMarkRow& row) {
    return unit_.guarded([&] { unit_.insert(clock_marks_sql.put, std::span{&row, 1}); });
}

result<std::int64_t> SqlClockMarks::confirm(Instant now) {
    return unit_.guarded([&] { return unit_.change(clock_marks_sql.confirm, with("now", now)); });
}

}  // namespace hcp::store
