#include "adapters/store/staff_sessions.hpp"

#include "adapters/store/statement_list.hpp"

namespace hcp::store {

using ports::StaffSessionRow;

namespace {

constexpr struct {
    Statement insert{"staff_sessions.insert", "{insert staff_sessions}"};
    Statement by_token{"staff_sessions.by_token",
                       "select {staff_sessions} from staff_sessions where token_digest = :token"};
    Statement live_of{"staff_sessions.live_of", R"(
        select {staff_sessions} from staff_sessions where staff_id = :staff_id and ended_at_us is null
        and idle_ends_at_us > :now and ends_at_us > :now order by id)"};
    Statement after{"staff_sessions.after",
                    "select {staff_sessions} from staff_sessions where id > :after order by id {limit :limit}"};
    Statement seen{"staff_sessions.seen", R"(
        update staff_sessions set seen_at_us = :at, idle_ends_at_us = :idle_ends_at
        where id = :id and ended_at_us is null and seen_at_us < :at and idle_ends_at_us <= :idle_ends_at)"};
    Statement end{"staff_sessions.end", R"(
        update staff_sessions set ended_by = :by, ended_at_us = :at
        where id = :id and staff_id = :staff_id and ended_at_us is null)"};
    Statement end_all_of{"staff_sessions.end_all_of", R"(
        update staff_sessions set ended_by = :by, ended_at_us = :at
        where staff_id = :staff_id and ended_at_us is null)"};
} staff_sessions_sql;

}  // namespace

std::vector<const Statement*> SqlStaffSessions::statements() {
    return list_of(staff_sessions_sql);
}

result<std::optional<StaffSessionRow>> SqlStaffSessions::by_token(const Digest& token) {
    return unit_.guarded([&] {
        std::optional<StaffSessionRow> found;
        unit_.query(staff_sessions_sql.by_token, with("token", token),
                    [&](Decoder from) { found = from.row<StaffSessionRow>(); });
        return found;
    });
}

result<std::vector<StaffSessionRow>> SqlStaffSessions::live_of(std::string_view staff_id, Instant now) {
    return unit_.guarded([&] {
        return unit_.rows<StaffSessionRow>(staff_sessions_sql.live_of, with("staff_id", staff_id, "now", now));
    });
}

result<std::vector<StaffSessionRow>> SqlStaffSessions::after(StaffSessionId id, std::size_t limit) {
    return unit_.guarded([&] {
        return unit_.rows<StaffSessionRow>(staff_sessions_sql.after, with("after", id.value(), "limit", limit));
    });
}

result<void> SqlStaffSessions::insert(std::span<const StaffSessionRow> all) {
    return unit_.guarded([&] { unit_.insert(staff_sessions_sql.insert, all); });
}

result<std::int64_t> SqlStaffSessions::seen(StaffSessionId id, Instant at, Instant idle_ends_at) {
    return unit_.guarded([&] {
        return unit_.change(staff_sessions_sql.seen, with("id", id.value(), "at", at, "idle_ends_at", idle_ends_at));
    });
}

result<std::int64_t> SqlStaffSessions::end(StaffSessionId id, std::string_view staff_id, std::string_view by,
                                           Instant at) {
    return unit_.guarded([&] {
        return unit_.change(staff_sessions_sql.end, with("id", id.value(), "staff_id", staff_id, "by", by, "at", at));
    });
}

result<std::int64_t> SqlStaffSessions::end_all_of(std::string_view staff_id, std::string_view by, Instant at) {
    return unit_.guarded(
        [&] { return unit_.change(staff_sessions_sql.end_all_of, with("staff_id", staff_id, "by", by, "at", at)); });
}

}  // namespace hcp::store
