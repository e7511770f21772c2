#include "adapters/store/instances.hpp"

#include "adapters/store/statement_list.hpp"

#include <algorithm>

namespace hcp::store {
namespace {

constexpr std::int32_t most_instances = 1023;

constexpr struct {
    Statement all{"instances.all", "select {instances} from instances order by instance_no", true};
    Statement lease{"instances.lease", "{insert instances}"};
    Statement renew{"instances.renew", R"(
        update instances set leased_until_us = :until where instance_no = :number and token = :token)"};
    Statement take_over{"instances.take_over", R"(
        update instances set token = :token, leased_until_us = :until where instance_no = :number and token = :former)"};
} sql;

std::optional<std::int32_t> never_held(const std::vector<InstanceRow>& by_number) {
    std::int32_t next = 1;
    for (const auto& row : by_number) {
        if (row.number > next) break;
        next = row.number + 1;
    }
    return next <= most_instances ? std::optional{next} : std::nullopt;
}

}  // namespace

std::vector<const Statement*> instance_statements() {
    return list_of(sql);
}

std::optional<std::int32_t> lease_number(Unit& unit, std::string_view token, Instant now, Instant until) {
    const auto rows = unit.rows<InstanceRow>(sql.all);
    const auto own = std::ranges::find(rows, token, &InstanceRow::token);
    if (own != rows.end()) {
        // Some drivers count a row that is set to what it is as one that is not there.
        if (own->leased_until != until && !renew_number(unit, own->number, token, until))
            throw StoreError{store_errc::conflict};
        return own->number;
    }
    if (const auto number = never_held(rows)) {
        const InstanceRow leased{*number, std::string{token}, until};
        unit.insert(sql.lease, std::span{&leased, 1});
        return number;
    }
    const auto over = std::ranges::find_if(rows, [&](const InstanceRow& row) {
        return row.leased_until <= now || row.leased_until > until + std::chrono::days{1};
    });
    if (over == rows.end()) return std::nullopt;
    const auto taken =
        unit.change(sql.take_over, with("number", over->number, "former", over->token, "token", token, "until", until));
    if (taken != 1) throw StoreError{store_errc::conflict};
    return over->number;
}

bool renew_number(Unit& unit, std::int32_t number, std::string_view token, Instant until) {
    return unit.change(sql.renew, with("number", number, "token", token, "until", until)) == 1;
}

}  // namespace hcp::store
