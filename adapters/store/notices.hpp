#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/notices.hpp"

namespace hcp::store {

void fields(auto& io, Of<ports::NoticeRow> auto& r) {
    io("id", r.id);
    io("staff_id", r.staff_id);
    io("kind", r.kind);
    io("about", r.about);
    io("caused_by", r.caused_by);
    io("made_at_us", r.made_at);
    io("read_at_us", r.read_at);
    io("told_at_us", r.told_at);
}

class SqlNotices final : public ports::Notices {
public:
    explicit SqlNotices(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::vector<ports::NoticeRow>> of(std::string_view staff_id, NoticeId before, std::size_t limit) override;
    result<std::int64_t> unread_of(std::string_view staff_id) override;
    result<std::vector<ports::NoticeRow>> untold(Instant since, std::size_t limit) override;
    result<std::int64_t> known(std::string_view staff_id, NoticeKind kind, std::string_view about) override;
    result<void> insert(std::span<const ports::NoticeRow>) override;
    result<std::int64_t> mark_read(NoticeId, std::string_view staff_id, Instant at) override;
    result<std::int64_t> mark_told(NoticeId, Instant at) override;
    result<std::int64_t> unmark_told(NoticeId, Instant at) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
