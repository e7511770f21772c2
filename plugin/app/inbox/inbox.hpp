#pragma once
#include "plugin/ports/store/notices.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/record/books.hpp"
#include "plugin/run/workers.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

// What somebody of the centre is to know or to do, in the inbox of his desk: his own, and nobody else's.
namespace hcp::app {

struct Inbox {
    std::vector<ports::NoticeRow> notices;  // the latest first
    std::int64_t unread = 0;                // of all of his
};
// Those before `before`, where there is one. Any database thread.
[[nodiscard]] ports::result<Inbox> list_inbox(ports::Store&, std::string_view staff_id,
                                              std::optional<domain::NoticeId> before, std::size_t limit);
// Answers how many of these were his and unread. The writer's thread.
[[nodiscard]] ports::result<std::int64_t> read_notices(record::Books&, const run::Workers& writer,
                                                       std::string_view staff_id, std::span<const domain::NoticeId>);

// As scripts and the desk read it.
[[nodiscard]] boost::json::object json_of(const ports::NoticeRow&);

}  // namespace hcp::app
