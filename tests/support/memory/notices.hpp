#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

class MemoryNotices final : public Notices {
public:
    explicit MemoryNotices(Unit& unit) : unit_{unit} {}
    result<std::vector<NoticeRow>> of(std::string_view staff_id, NoticeId before, std::size_t limit) override;
    result<std::int64_t> unread_of(std::string_view staff_id) override;
    result<std::vector<NoticeRow>> untold(Instant since, std::size_t limit) override;
    result<std::int64_t> known(std::string_view staff_id, NoticeKind kind, std::string_view about) override;
    result<void> insert(std::span<const NoticeRow> all) override;
    result<std::int64_t> mark_read(NoticeId id, std::string_view staff_id, Instant at) override;
    result<std::int64_t> mark_told(NoticeId id, Instant at) override;
    result<std::int64_t> unmark_told(NoticeId id, Instant at) override;

private:
    // Puts what `change` makes of it, where it answers true.
    template <class Change>
    result<std::int64_t> changed(NoticeId id, Change change);

    Unit& unit_;
};

}  // namespace hcp::test::memory
