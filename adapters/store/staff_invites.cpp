#include "adapters/store/staff_invites.hpp"

#include "adapters/store/statement_list.hpp"

namespace hcp::store {

using ports::StaffInviteRow;

namespace {

constexpr struct {
    Statement insert{"staff_invites.insert", "{insert staff_invites}"};
    Statement by_token{"staff_invites.by_token",
                       "select {staff_invites} from staff_invites where token_digest = :token"};
    Statement after{"staff_invites.after",
                    "select {staff_invites} from staff_invites where id > :after order by id {limit :limit}"};
    Statement use{"staff_invites.use", R"(
        update staff_invites set used_at_us = :at where id = :id and used_at_us is null and until_us > :at)"};
} staff_invites_sql;

}  // namespace

std::vector<const Statement*> SqlStaffInvites::statements() {
    return list_of(staff_invites_sql);
}

result<std::optional<StaffInviteRow>> SqlStaffInvites::by_token(const Digest& token) {
    return unit_.guarded([&] {
        std::optional<StaffInviteRow> found;
        unit_.query(staff_invites_sql.by_token, with("token", token),
                    [&](Decoder from) { found = from.row<StaffInviteRow>(); });
        return found;
    });
}

result<std::vector<StaffInviteRow>> SqlStaffInvites::after(StaffInviteId id, std::size_t limit) {
    return unit_.guarded(
        [&] { return unit_.rows<StaffInviteRow>(staff_invites_sql.after, with("after", id.value(), "limit", limit)); });
}

result<void> SqlStaffInvites::insert(std::span<const StaffInviteRow> all) {
    return unit_.guarded([&] { unit_.insert(staff_invites_sql.insert, all); });
}

result<std::int64_t> SqlStaffInvites::use(StaffInviteId id, Instant at) {
    return unit_.guarded([&] { return unit_.change(staff_invites_sql.use, with("id", id.value(), "at", at)); });
}

}  // namespace hcp::store
