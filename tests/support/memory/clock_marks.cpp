#include "tests/support/memory/clock_marks.hpp"

#include <iterator>

namespace hcp::test::memory {

result<std::vector<ClockMarkRow>> MemoryClockMarks::all() {
    std::vector<ClockMarkRow> out;
    for (const auto& [number, row] : unit_.tables.clock_marks) out.push_back(row);
    return out;
}

result<void> MemoryClockMarks::put(const ClockMarkRow& row) {
    unit_.tables.clock_marks.put(unit_.undo, row.instance_no, row);
    return {};
}

result<std::int64_t> MemoryClockMarks::confirm(Instant now) {
    const auto rows = *all();
    for (const auto& row : rows)
        unit_.tables.clock_marks.put(unit_.undo, row.instance_no, {row.instance_no, now, std::nullopt, now});
    return std::ssize(rows);
}

}  // namespace hcp::test::memory
