#include "tests/support/memory/notices.hpp"

#include <algorithm>
#include <tuple>

namespace hcp::test::memory {

result<std::vector<NoticeRow>> MemoryNotices::of(std::string_view staff_id, NoticeId before, std::size_t limit) {
    std::vector<NoticeRow> all;
    for (const auto& [id, row] : unit_.tables.notices)
        if (row.staff_id == staff_id && id < before) all.push_back(row);
    std::ranges::reverse(all);
    if (all.size() > limit) all.resize(limit);
    return all;
}

result<std::int64_t> MemoryNotices::unread_of(std::string_view staff_id) {
    std::int64_t n = 0;
    for (const auto& [id, row] : unit_.tables.notices) n += row.staff_id == staff_id && !row.read_at ? 1 : 0;
    return n;
}

result<std::vector<NoticeRow>> MemoryNotices::untold(Instant since, std::size_t limit) {
    std::vector<NoticeRow> all;
    for (const auto& [id, row] : unit_.tables.notices)
        if (!row.told_at && row.made_at >= since) all.push_back(row);
    std::ranges::sort(all, {}, [](const NoticeRow& row) { return std::tuple{row.made_at, row.id}; });
    if (all.size() > limit) all.resize(limit);
    return all;
}

result<std::int64_t> MemoryNotices::known(std::string_view staff_id, NoticeKind kind, std::string_view about) {
    for (const auto& [id, row] : unit_.tables.notices)
        if (row.staff_id == staff_id && row.kind == kind && row.about == about) return 1;
    return 0;
}

result<void> MemoryNotices::insert(std::span<const NoticeRow> all) {
    return unit_.guarded([&] {
        for (const auto& row : all) {
            fits(row.staff_id, 64), fits(row.about, 100), fits(row.caused_by, 64);
            for (const auto& [id, other] : unit_.tables.notices)
                conflict_if(other.staff_id == row.staff_id && other.kind == row.kind && other.about == row.about);
            conflict_if(unit_.tables.notices.contains(row.id));
            unit_.tables.notices.put(unit_.undo, row.id, row);
        }
    });
}

template <class Change>
result<std::int64_t> MemoryNotices::changed(NoticeId id, Change change) {
    return unit_.guarded([&]() -> std::int64_t {
        const auto* const found = unit_.tables.notices.find(id);
        if (found == nullptr) return 0;
        auto row = *found;
        if (!change(row)) return 0;
        unit_.tables.notices.put(unit_.undo, id, row);
        return 1;
    });
}

result<std::int64_t> MemoryNotices::mark_read(NoticeId id, std::string_view staff_id, Instant at) {
    return changed(id, [&](NoticeRow& row) {
        const bool unread = row.staff_id == staff_id && !row.read_at;
        if (unread) row.read_at = at;
        return unread;
    });
}

result<std::int64_t> MemoryNotices::mark_told(NoticeId id, Instant at) {
    return changed(id, [&](NoticeRow& row) {
        const bool untold = !row.told_at;
        if (untold) row.told_at = at;
        return untold;
    });
}

result<std::int64_t> MemoryNotices::unmark_told(NoticeId id, Instant at) {
    return changed(id, [&](NoticeRow& row) {
        const bool told = row.told_at == at;
        if (told) row.told_at.reset();
        return told;
    });
}

}  // namespace hcp::test::memory
