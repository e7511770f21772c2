#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/domain/notice.hpp"
#include "plugin/domain/time.hpp"
#include "plugin/ports/result.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::ports {

using namespace domain;

// What somebody is to know or to do. Never deleted. Unique: id, and (staff_id, kind, about).
struct NoticeRow {
    NoticeId id;
    std::string staff_id;  // whose it is
    NoticeKind kind = NoticeKind::role_to_confirm;
    std::string about;      // at most 100 characters
    std::string caused_by;  // staff id; empty: nobody
    Instant made_at;
    std::optional<Instant> read_at;
    std::optional<Instant> told_at;  // when the host was asked to message him
};

class NoticeQueries {
public:
    virtual ~NoticeQueries() = default;
    // His, the latest first, those before that one.
    virtual result<std::vector<NoticeRow>> of(std::string_view staff_id, NoticeId before, std::size_t limit) = 0;
    virtual result<std::int64_t> unread_of(std::string_view staff_id) = 0;
    // Made at `since` or later and not told to the host, the earliest first.
    virtual result<std::vector<NoticeRow>> untold(Instant since, std::size_t limit) = 0;
    // How many, 0 or 1.
    virtual result<std::int64_t> known(std::string_view staff_id, NoticeKind kind, std::string_view about) = 0;
};

class Notices : public NoticeQueries {
public:
    virtual result<void> insert(std::span<const NoticeRow>) = 0;
    // Each answers how many, 0 or 1: of another's, or what was so before, nothing changes.
    virtual result<std::int64_t> mark_read(NoticeId, std::string_view staff_id, Instant at) = 0;
    virtual result<std::int64_t> mark_told(NoticeId, Instant at) = 0;
    virtual result<std::int64_t> unmark_told(NoticeId, Instant at) = 0;  // that was marked so at that instant
};

}  // namespace hcp::ports
