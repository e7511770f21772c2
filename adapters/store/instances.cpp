#include "adapters/store/instances.hpp"

#include "adapters/store/statement_list.hpp"

namespace hcp::store {
namespace {

constexpr std::int32_t most_instances = 1023;

constexpr struct {
    Statement all{"instances.all", "select {instances} from instances order by instance_no", true};
    Statement lease{"instances.lease", "{upsert instances by instance_no}"};
} sql;

std::optional<std::int32_t> free_number(const std::vector<InstanceRow>& rows, std::string_view token, Instant now,
                                        Instant until) {
    std::optional<std::int32_t> free;
    std::int32_t next = 1;
    for (const auto& row : rows) {
        if (row.token == token) return row.number;
        if (!free && row.number > next) free = next;
        const bool is_held = row.leased_until > now && row.leased_until <= until + std::chrono::days{1};
        if (!free && !is_held) free = row.number;
        next = row.number + 1;
    }
    if (!free && next <= most_instances) free = next;
    return free;
}

}  // namespace

std::vector<const Statement*> instance_statements() {
    return list_of(sql);
}

std::optional<std::int32_t> lease_number(Unit& unit, std::string_view token, Instant now, Instant until) {
    const auto number = free_number(unit.rows<InstanceRow>(sql.all), token, now, until);
    if (!number) return std::nullopt;
    const InstanceRow leased{*number, std::string{token}, until};
    unit.insert(sql.lease, std::span{&leased, 1});
    return number;
}

}  // namespace hcp::store
