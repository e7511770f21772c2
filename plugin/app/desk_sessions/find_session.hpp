#pragma once
#include "plugin/app/desk_sessions/desk.hpp"
#include "plugin/domain/access.hpp"
#include "plugin/domain/staff_session.hpp"
#include "plugin/ports/store/staff_sessions.hpp"
#include "plugin/ports/store/store.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace hcp::app {

struct DeskSession {
    ports::StaffSessionRow row;
    domain::Viewer viewer;  // his department and roles as they are now
    std::string name;       // empty: it does not open
};

struct FoundSession {
    // What is to be written behind a reading.
    enum class Due {
        nothing,
        seen,   // he was seen last longer ago than is not worth a write
        ended,  // his place on the roster is over, or another than when he signed on
    };
    std::optional<DeskSession> session;  // nothing: whoever shows this token is nobody
    Due due = Due::nothing;
    ports::StaffSessionRow about;  // of what is due
};

// Whose session a token is, in one snapshot. Any database thread.
[[nodiscard]] ports::result<FoundSession> find_session(ports::Store&, const record::Keys&, domain::Instant now,
                                                       std::string_view token);
// Writes what is due. The writer's thread; repeated or late it does no harm.
[[nodiscard]] ports::result<void> keep_session(const DeskMeans&, domain::SessionLives, const FoundSession&);

}  // namespace hcp::app
