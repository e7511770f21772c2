#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/domain/time.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/result.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hcp::ports {

using namespace domain;

// A one-time link by which somebody may sign on. Never deleted. Unique: id, token_digest.
struct StaffInviteRow {
    StaffInviteId id;
    Digest token_digest{};  // keyed
    std::string staff_id;
    std::string made_by;     // staff id
    Instant made_at, until;  // it holds in [made_at, until)
    std::optional<Instant> used_at;
};

class StaffInviteQueries {
public:
    virtual ~StaffInviteQueries() = default;
    virtual result<std::optional<StaffInviteRow>> by_token(const Digest&) = 0;
    virtual result<std::vector<StaffInviteRow>> after(StaffInviteId, std::size_t limit) = 0;  // by id
};

class StaffInvites : public StaffInviteQueries {
public:
    virtual result<void> insert(std::span<const StaffInviteRow>) = 0;
    // Answers how many, 0 or 1: 0 was used before, or is over.
    virtual result<std::int64_t> use(StaffInviteId, Instant at) = 0;
};

}  // namespace hcp::ports
