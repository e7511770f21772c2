#pragma once
#include "plugin/domain/access.hpp"
#include "plugin/domain/ledger_entries.hpp"
#include "plugin/ports/store/role_grants.hpp"
#include "plugin/ports/store/staff.hpp"
#include "plugin/record/keys.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// The centre's people as everybody reads and writes them.
namespace hcp::record {

struct PeopleQueries {
    ports::StaffQueries& staff;
    ports::RoleGrantQueries& grants;
};
template <class Rows>  // of a snapshot or a transaction
[[nodiscard]] PeopleQueries people_in(Rows& rows) {
    return {rows.staff(), rows.role_grants()};
}

// All versions of one person, or of persons one after another, as domain::post_at takes them.
[[nodiscard]] std::vector<domain::Post> posts_of(std::span<const ports::StaffRow> versions);

// All versions of everybody, as StaffQueries::all() has them, person by person.
[[nodiscard]] std::vector<std::span<const ports::StaffRow>> by_person(std::span<const ports::StaffRow> rows);

// Who somebody is at that instant: his department and every role that he holds. Nothing: he is not on the roster.
[[nodiscard]] ports::result<std::optional<domain::Viewer>> viewer_at(const PeopleQueries&, std::string_view staff_id,
                                                                     domain::Instant at);
// The same, of whom that post is.
[[nodiscard]] ports::result<domain::Viewer> viewer_with(const PeopleQueries&, std::string_view staff_id,
                                                        const domain::Post& post);
// The staff ids of those who hold a role at that instant.
[[nodiscard]] ports::result<std::vector<std::string>> holders_at(const PeopleQueries&, domain::StaffRole role,
                                                                 domain::Instant at);

// Persons of the centre are in the rows like all others: sealed, and as a keyed digest by which a change is noticed.
// Each version of a person has a digest of its own.
[[nodiscard]] Digest staff_name_digest(const Keys&, std::string_view staff_id, std::int32_t revision,
                                       std::string_view name);
[[nodiscard]] ports::result<std::string> name_of(const Keys&, const ports::StaffRow&);

// What the ledger says of the rows that one import of a roster has brought.
[[nodiscard]] domain::entries::ReferenceLoaded roster_fact(const ports::Digests&, std::span<const ports::StaffRow>);

[[nodiscard]] inline domain::entries::RoleProposed proposal_fact(const ports::RoleGrantRow& row) {
    return {row.id, row.staff_id, row.role, row.department_id, row.proposed_by, row.proposed_at, row.founding};
}
// Of one that was confirmed, of one that was ended.
[[nodiscard]] inline domain::entries::RoleConfirmed confirmation_fact(const ports::RoleGrantRow& row) {
    return {row.id, row.confirmed_by, row.confirmed_at.value_or(domain::Instant{})};
}
[[nodiscard]] inline domain::entries::RoleEnded ending_fact(const ports::RoleGrantRow& row) {
    return {row.id, row.ended_by, row.ended_at.value_or(domain::Instant{}), row.why_digest};
}

}  // namespace hcp::record
