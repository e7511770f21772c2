#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/domain/staff_session.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/result.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::ports {

using namespace domain;

// That somebody of the centre has signed on. Never deleted; whether it holds is said by its ends, and by his place on
// the roster, which is looked up each time. Unique: id, token_digest.
struct StaffSessionRow {
    StaffSessionId id;
    Digest token_digest{};  // keyed; the token itself is nowhere but in his browser
    std::string staff_id;
    SignOnWay way = SignOnWay::invite;
    StaffInviteId invite_id;  // by which he came; 0: by none
    Instant since, seen_at;
    Instant idle_ends_at, ends_at;  // whichever comes first; not at those instants any more
    std::string ended_by;           // staff id; empty: his place on the roster ended or changed
    std::optional<Instant> ended_at;

    [[nodiscard]] bool is_over(Instant now) const noexcept { return ended_at || idle_ends_at <= now || ends_at <= now; }
};

class StaffSessionQueries {
public:
    virtual ~StaffSessionQueries() = default;
    virtual result<std::optional<StaffSessionRow>> by_token(const Digest&) = 0;
    virtual result<std::vector<StaffSessionRow>> live_of(std::string_view staff_id, Instant now) = 0;  // by id
    virtual result<std::vector<StaffSessionRow>> after(StaffSessionId, std::size_t limit) = 0;         // by id
};

class StaffSessions : public StaffSessionQueries {
public:
    virtual result<void> insert(std::span<const StaffSessionRow>) = 0;
    // Only ever later, and not of one that was ended. Answers how many, 0 or 1.
    virtual result<std::int64_t> seen(StaffSessionId, Instant at, Instant idle_ends_at) = 0;
    // Those of this person that were not ended before. Answer how many.
    virtual result<std::int64_t> end(StaffSessionId, std::string_view staff_id, std::string_view by, Instant at) = 0;
    virtual result<std::int64_t> end_all_of(std::string_view staff_id, std::string_view by, Instant at) = 0;
};

}  // namespace hcp::ports
