#include "plugin/app/inbox/inbox.hpp"

#include "plugin/record/json.hpp"

#include <boost/json.hpp>

#include <limits>

namespace hcp::app {

using namespace domain;
using namespace record;

ports::result<Inbox> list_inbox(ports::Store& store, std::string_view staff_id, std::optional<NoticeId> before,
                                std::size_t limit) {
    return ports::ask(store, [&](ports::Snapshot& rows) -> ports::result<Inbox> {
        Inbox inbox;
        const auto end = before.value_or(NoticeId{std::numeric_limits<std::int64_t>::max()});
        HCP_TRY(inbox.notices, rows.notices().of(staff_id, end, limit));
        HCP_TRY(inbox.unread, rows.notices().unread_of(staff_id));
        return inbox;
    });
}

ports::result<std::int64_t> read_notices(Books& books, const run::Workers& writer, std::string_view staff_id,
                                         std::span<const NoticeId> ids) {
    writer.assert_here();
    std::int64_t read = 0;
    HCP_CHECK(books.write([&](ports::Transaction& tx, Pen& pen) -> ports::result<void> {
        read = 0;
        for (const auto id : ids) {
            HCP_TRY(const auto marked, tx.notices().mark_read(id, staff_id, pen.now()));
            read += marked;
        }
        return {};
    }));
    return read;
}

boost::json::object json_of(const ports::NoticeRow& row) {
    return {{"id", id_text(row.id)},
            {"kind", code_of(row.kind)},
            {"text", text_of(row.kind)},
            {"about", row.about},
            {"caused_by", row.caused_by},
            {"made_at_us", to_us(row.made_at)},
            {"read_at_us", record::json_of(row.read_at)}};
}

}  // namespace hcp::app
