#include "adapters/store/role_grants.hpp"

#include "adapters/store/statement_list.hpp"

namespace hcp::store {

using ports::RoleGrantRow;

namespace {

constexpr struct {
    Statement insert{"role_grants.insert", "{insert role_grants}"};
    Statement after{"role_grants.after",
                    "select {role_grants} from role_grants where id > :after order by id {limit :limit}"};
    Statement find{"role_grants.find", "select {role_grants} from role_grants where id = :id"};
    Statement not_ended{"role_grants.not_ended",
                        "select {role_grants} from role_grants where ended_at_us is null order by id", true};
    Statement not_ended_of{"role_grants.not_ended_of", R"(
        select {role_grants} from role_grants where staff_id = :staff_id and ended_at_us is null order by id)"};
    Statement confirm{"role_grants.confirm", R"(
        update role_grants set confirmed_by = :by, confirmed_at_us = :at
        where id = :id and confirmed_at_us is null and ended_at_us is null
        and proposed_by <> :by and staff_id <> :by)"};
    Statement end{"role_grants.end", R"(
        update role_grants set ended_by = :by, ended_at_us = :at, sealed_why = :sealed_why, why_digest = :why_digest
        where id = :id and ended_at_us is null)"};
} role_grants_sql;

}  // namespace

std::vector<const Statement*> SqlRoleGrants::statements() {
    return list_of(role_grants_sql);
}

result<std::vector<RoleGrantRow>> SqlRoleGrants::after(RoleGrantId id, std::size_t limit) {
    return unit_.guarded(
        [&] { return unit_.rows<RoleGrantRow>(role_grants_sql.after, with("after", id.value(), "limit", limit)); });
}

result<std::optional<RoleGrantRow>> SqlRoleGrants::find(RoleGrantId id) {
    return unit_.guarded([&] {
        std::optional<RoleGrantRow> found;
        unit_.query(role_grants_sql.find, with("id", id.value()),
                    [&](Decoder from) { found = from.row<RoleGrantRow>(); });
        return found;
    });
}

result<std::vector<RoleGrantRow>> SqlRoleGrants::not_ended() {
    return unit_.guarded([&] { return unit_.rows<RoleGrantRow>(role_grants_sql.not_ended); });
}

result<std::vector<RoleGrantRow>> SqlRoleGrants::not_ended_of(std::string_view staff_id) {
    return unit_.guarded(
        [&] { return unit_.rows<RoleGrantRow>(role_grants_sql.not_ended_of, with("staff_id", staff_id)); });
}

result<void> SqlRoleGrants::insert(std::span<const RoleGrantRow> all) {
    return unit_.guarded([&] { unit_.insert(role_grants_sql.insert, all); });
}

result<std::int64_t> SqlRoleGrants::confirm(RoleGrantId id, std::string_view by, Instant at) {
    return unit_.guarded(
        [&] { return unit_.change(role_grants_sql.confirm, with("id", id.value(), "by", by, "at", at)); });
}

result<std::int64_t> SqlRoleGrants::end(RoleGrantId id, const ports::RoleEnding& ending) {
    return unit_.guarded([&] {
        return unit_.change(role_grants_sql.end,
                            with("id", id.value(), "by", ending.ended_by, "at", ending.ended_at, "sealed_why",
                                 ending.sealed_why, "why_digest", ending.why_digest));
    });
}

}  // namespace hcp::store
