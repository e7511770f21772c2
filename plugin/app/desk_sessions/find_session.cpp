#include "plugin/app/desk_sessions/find_session.hpp"

#include "plugin/record/people.hpp"

#include <utility>

namespace hcp::app {

using namespace domain;
using namespace record;
using ports::StaffRow;

namespace {

// Whether his place is still what it was when he signed on, by what the roster said then: a version that was brought in
// later, for a day that had passed, is a change as well.
bool keeps_place(const std::vector<StaffRow>& versions, const ports::StaffSessionRow& session, const Post* now_at) {
    std::vector<StaffRow> known_then;
    for (const auto& row : versions)
        if (row.loaded_at <= session.since) known_then.push_back(row);
    const auto posts_then = posts_of(known_then);
    return now_at != nullptr && !ends_sessions(post_at(posts_then, session.since), now_at);
}

}  // namespace

ports::result<FoundSession> find_session(ports::Store& store, const Keys& keys, Instant now, std::string_view token) {
    const auto digest = token_digest(keys, token, for_session);
    if (!digest) return FoundSession{};
    return ports::ask(store, [&](ports::Snapshot& rows) -> ports::result<FoundSession> {
        FoundSession found;
        HCP_TRY(auto row, rows.staff_sessions().by_token(*digest));
        if (!row || row->is_over(now)) return found;
        found.about = *row;
        const auto people = people_in(rows);
        HCP_TRY(const auto versions, people.staff.of(std::span{&row->staff_id, 1}));
        const auto posts = posts_of(versions);
        const auto* const post = post_at(posts, now);
        if (!keeps_place(versions, *row, post)) {
            found.due = FoundSession::Due::ended;
            return found;
        }
        HCP_TRY(auto viewer, viewer_with(people, row->staff_id, *post));
        auto name = name_of(keys, versions[static_cast<std::size_t>(post - posts.data())]);
        if (now - row->seen_at >= seen_is_written_after) found.due = FoundSession::Due::seen;
        found.session = DeskSession{*std::move(row), std::move(viewer), name ? *std::move(name) : std::string{}};
        return found;
    });
}

ports::result<void> keep_session(const DeskMeans& means, SessionLives lives, const FoundSession& found) {
    means.writer.assert_here();
    if (found.due == FoundSession::Due::nothing) return {};
    return means.books.write([&](ports::Transaction& tx, Pen& pen) -> ports::result<void> {
        const auto& row = found.about;
        if (found.due == FoundSession::Due::seen) {
            HCP_CHECK(tx.staff_sessions().seen(row.id, pen.now(), lives.idle_end(pen.now(), row.ends_at)));
        } else {
            HCP_CHECK(tx.staff_sessions().end(row.id, row.staff_id, {}, pen.now()));
        }
        return {};
    });
}

}  // namespace hcp::app
