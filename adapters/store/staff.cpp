#include "adapters/store/staff.hpp"

#include "adapters/store/statement_list.hpp"

#include <algorithm>
#include <tuple>

namespace hcp::store {

using ports::StaffRow;

namespace {

constexpr struct {
    Statement insert{"staff.insert", "{insert staff}"};
    Statement all{"staff.all", "select {staff} from staff order by staff_id, revision", true};
    Statement of{"staff.of", "select {staff} from staff where staff_id in (@ids)"};
} staff_sql;

}  // namespace

std::vector<const Statement*> SqlStaff::statements() {
    return list_of(staff_sql);
}

result<std::vector<StaffRow>> SqlStaff::all() {
    return unit_.guarded([&] { return unit_.rows<StaffRow>(staff_sql.all); });
}

result<std::vector<StaffRow>> SqlStaff::of(std::span<const std::string> ids) {
    return unit_.guarded([&] {
        std::vector<StaffRow> out;
        unit_.query_list(staff_sql.of, list(ids), [&](Decoder from) { out.push_back(from.row<StaffRow>()); });
        std::ranges::sort(out, {}, [](const StaffRow& row) { return std::tie(row.staff_id, row.revision); });
        return out;
    });
}

result<void> SqlStaff::insert(std::span<const StaffRow> all) {
    return unit_.guarded([&] { unit_.insert(staff_sql.insert, all); });
}

}  // namespace hcp::store
