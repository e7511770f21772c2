#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/domain/staff.hpp"
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

// A role that somebody was proposed for, and what became of that. Never deleted. Who proposes, who confirms and whose
// role it is are three persons. Unique: id.
struct RoleGrantRow {
    RoleGrantId id;
    std::string staff_id;
    StaffRole role = StaffRole::evaluated;
    std::string department_id;  // his, when he was proposed: one of a department holds there alone
    bool founding = false;      // of the first two supervisors
    std::string proposed_by;
    Instant proposed_at;
    std::string confirmed_by;
    std::optional<Instant> confirmed_at;
    std::string ended_by;
    std::optional<Instant> ended_at;
    Bytes sealed_why;
    Digest why_digest{};  // keyed

    [[nodiscard]] bool waits() const noexcept { return !confirmed_at && !ended_at; }
    // While his place on the roster is `post` (nullptr: he is not on it).
    [[nodiscard]] bool in_force(const Post* post) const noexcept {
        return confirmed_at && !ended_at && keeps_role(role, department_id, post);
    }
};

struct RoleEnding {
    std::string ended_by;
    Instant ended_at;
    Bytes sealed_why;
    Digest why_digest{};
};

class RoleGrantQueries {
public:
    virtual ~RoleGrantQueries() = default;
    virtual result<std::vector<RoleGrantRow>> after(RoleGrantId, std::size_t limit) = 0;  // by id
    virtual result<std::optional<RoleGrantRow>> find(RoleGrantId) = 0;
    virtual result<std::vector<RoleGrantRow>> not_ended() = 0;                     // by id
    virtual result<std::vector<RoleGrantRow>> not_ended_of(std::string_view) = 0;  // of this person, by id
};

class RoleGrants : public RoleGrantQueries {
public:
    virtual result<void> insert(std::span<const RoleGrantRow>) = 0;
    // Answers how many, 0 or 1: 0 does not wait any more, or `by` is who proposed it or whose it is.
    virtual result<std::int64_t> confirm(RoleGrantId, std::string_view by, Instant at) = 0;
    // The same: 0 was ended already.
    virtual result<std::int64_t> end(RoleGrantId, const RoleEnding&) = 0;
};

}  // namespace hcp::ports
