#include "adapters/store/instances.hpp"

#include "adapters/store/statement_list.hpp"

#include <algorithm>

namespace hcp::store {

using ports::InstanceStateRow;
using ports::InstanceSummary;

namespace {

constexpr std::int32_t most_instances = 1023;

constexpr struct {
    Statement all{"instances.all", "select {instances} from instances order by instance_no", true};
    Statement lease{"instances.lease", "{insert instances}"};
    Statement renew{"instances.renew", R"(
        update instances set leased_until_us = :until where instance_no = :number and token = :token)"};
    Statement take_over{"instances.take_over", R"(
        update instances set token = :token, leased_until_us = :until where instance_no = :number and token = :former)"};
    Statement hand_over{"instances.hand_over", R"(
        update instances set token = :token, leased_until_us = :until
        where instance_no = :number and token = :former and leased_until_us = :leased_until)"};
    Statement states{"instances.states", "select {instance_states} from instance_states order by instance_no", true};
    Statement tell{"instances.tell", "{upsert instance_states by instance_no}"};
    // Of the partial index, whose condition is said word for word.
    Statement claims{"instances.claims", R"(
        select claimed_by, count(*), max(next_at_us) from deliveries
        where state <> #delivery.delivered and state = #delivery.claimed group by claimed_by)"};
} instances_sql;

std::optional<std::int32_t> never_held(const std::vector<InstanceRow>& by_number) {
    std::int32_t next = 1;
    for (const auto& row : by_number) {
        if (row.number > next) break;
        next = row.number + 1;
    }
    return next <= most_instances ? std::optional{next} : std::nullopt;
}

}  // namespace

std::optional<std::int32_t> lease_number(Unit& unit, std::string_view token, Instant now, Instant until) {
    const auto rows = unit.rows<InstanceRow>(instances_sql.all);
    const auto own = std::ranges::find(rows, token, &InstanceRow::token);
    if (own != rows.end()) {
        // Some drivers count a row that is set to what it is as one that is not there.
        if (own->leased_until != until && !renew_number(unit, own->number, token, until))
            throw StoreError{store_errc::conflict};
        return own->number;
    }
    if (const auto number = never_held(rows)) {
        const InstanceRow leased{*number, std::string{token}, until};
        unit.insert(instances_sql.lease, std::span{&leased, 1});
        return number;
    }
    const auto over = std::ranges::find_if(rows, [&](const InstanceRow& row) {
        return row.leased_until <= now || row.leased_until > until + std::chrono::days{1};
    });
    if (over == rows.end()) return std::nullopt;
    const auto taken = unit.change(instances_sql.take_over,
                                   with("number", over->number, "former", over->token, "token", token, "until", until));
    if (taken != 1) throw StoreError{store_errc::conflict};
    return over->number;
}

bool renew_number(Unit& unit, std::int32_t number, std::string_view token, Instant until) {
    return unit.change(instances_sql.renew, with("number", number, "token", token, "until", until)) == 1;
}

std::vector<const Statement*> SqlInstances::statements() {
    return list_of(instances_sql);
}

result<std::vector<InstanceSummary>> SqlInstances::all() {
    return unit_.guarded([&] {
        std::vector<InstanceSummary> all;
        for (const auto& row : unit_.rows<InstanceRow>(instances_sql.all))
            all.push_back({row.number, row.leased_until, {}, 0, {}});
        const auto of = [&](std::int32_t number) {
            return std::ranges::find(all, number, &InstanceSummary::instance_no);
        };
        for (auto& state : unit_.rows<InstanceStateRow>(instances_sql.states))
            if (const auto one = of(state.instance_no); one != all.end()) one->state = std::move(state);
        unit_.query(instances_sql.claims, {}, [&](Decoder from) {
            const auto one = of(from.take<std::int32_t>());
            const auto count = from.take<std::int64_t>();
            const auto until = from.take<Instant>();
            if (one == all.end()) return;
            one->claimed = count;
            one->claimed_until = until;
        });
        std::erase_if(all, [](const InstanceSummary& one) { return one.state && one.state->retired_at; });
        return all;
    });
}

result<std::optional<std::int32_t>> SqlInstances::held_by(std::string_view token) {
    return unit_.guarded([&]() -> std::optional<std::int32_t> {
        const auto rows = unit_.rows<InstanceRow>(instances_sql.all);
        const auto own = std::ranges::find(rows, token, &InstanceRow::token);
        if (own == rows.end()) return std::nullopt;
        return own->number;
    });
}

result<void> SqlInstances::tell(const InstanceStateRow& row) {
    return unit_.guarded([&] { unit_.insert(instances_sql.tell, std::span{&row, 1}); });
}

result<std::int64_t> SqlInstances::hand_over(std::int32_t instance_no, std::string_view token, Instant now) {
    return unit_.guarded([&]() -> std::int64_t {
        const auto rows = unit_.rows<InstanceRow>(instances_sql.all);
        const auto leased = std::ranges::find(rows, instance_no, &InstanceRow::number);
        if (leased == rows.end()) return 0;
        InstanceSummary held{instance_no, leased->leased_until, {}, 0, {}};
        for (auto& state : unit_.rows<InstanceStateRow>(instances_sql.states))
            if (state.instance_no == instance_no) held.state = std::move(state);
        if (held.standing(now) == ports::InstanceStanding::running) throw StoreError{store_errc::conflict};
        // Its renewal, were there one now, would set another end.
        const auto changed = unit_.change(
            instances_sql.hand_over, with("number", instance_no, "former", leased->token, "token", token, "until",
                                          std::min(leased->leased_until, now), "leased_until", leased->leased_until));
        if (changed != 1) throw StoreError{store_errc::conflict};
        return 1;
    });
}

}  // namespace hcp::store
