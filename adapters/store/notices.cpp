#include "adapters/store/notices.hpp"

#include "adapters/store/statement_list.hpp"

namespace hcp::store {

using ports::NoticeRow;

namespace {

constexpr struct {
    Statement insert{"notices.insert", "{insert staff_notices}"};
    Statement of{"notices.of", R"(
        select {staff_notices} from staff_notices where staff_id = :staff_id and id < :before
        order by id desc {limit :limit})"};
    Statement unread_of{"notices.unread_of",
                        "select count(*) from staff_notices where staff_id = :staff_id and read_at_us is null"};
    Statement untold{"notices.untold", R"(
        select {staff_notices} from staff_notices where told_at_us is null and made_at_us >= :since
        order by made_at_us, id {limit :limit})"};
    Statement known{"notices.known", R"(
        select count(*) from staff_notices where staff_id = :staff_id and kind = :kind and about = :about)"};
    Statement mark_read{"notices.mark_read", R"(
        update staff_notices set read_at_us = :at where id = :id and staff_id = :staff_id and read_at_us is null)"};
    Statement mark_told{"notices.mark_told",
                        "update staff_notices set told_at_us = :at where id = :id and told_at_us is null"};
    Statement unmark_told{"notices.unmark_told",
                          "update staff_notices set told_at_us = null where id = :id and told_at_us = :at"};
} notices_sql;

std::int64_t counted(Unit& unit, const Statement& statement, const Encoder& values) {
    std::int64_t n = 0;
    unit.query(statement, values, [&](Decoder from) { n = from.take<std::int64_t>(); });
    return n;
}

}  // namespace

std::vector<const Statement*> SqlNotices::statements() {
    return list_of(notices_sql);
}

result<std::vector<NoticeRow>> SqlNotices::of(std::string_view staff_id, NoticeId before, std::size_t limit) {
    return unit_.guarded([&] {
        return unit_.rows<NoticeRow>(notices_sql.of,
                                     with("staff_id", staff_id, "before", before.value(), "limit", limit));
    });
}

result<std::int64_t> SqlNotices::unread_of(std::string_view staff_id) {
    return unit_.guarded([&] { return counted(unit_, notices_sql.unread_of, with("staff_id", staff_id)); });
}

result<std::vector<NoticeRow>> SqlNotices::untold(Instant since, std::size_t limit) {
    return unit_.guarded(
        [&] { return unit_.rows<NoticeRow>(notices_sql.untold, with("since", since, "limit", limit)); });
}

result<std::int64_t> SqlNotices::known(std::string_view staff_id, NoticeKind kind, std::string_view about) {
    return unit_.guarded(
        [&] { return counted(unit_, notices_sql.known, with("staff_id", staff_id, "kind", kind, "about", about)); });
}

result<void> SqlNotices::insert(std::span<const NoticeRow> all) {
    return unit_.guarded([&] { unit_.insert(notices_sql.insert, all); });
}

result<std::int64_t> SqlNotices::mark_read(NoticeId id, std::string_view staff_id, Instant at) {
    return unit_.guarded(
        [&] { return unit_.change(notices_sql.mark_read, with("id", id, "staff_id", staff_id, "at", at)); });
}

result<std::int64_t> SqlNotices::mark_told(NoticeId id, Instant at) {
    return unit_.guarded([&] { return unit_.change(notices_sql.mark_told, with("id", id, "at", at)); });
}

result<std::int64_t> SqlNotices::unmark_told(NoticeId id, Instant at) {
    return unit_.guarded([&] { return unit_.change(notices_sql.unmark_told, with("id", id, "at", at)); });
}

}  // namespace hcp::store
