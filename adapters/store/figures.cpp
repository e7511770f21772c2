#include "adapters/store/figures.hpp"

#include "adapters/store/statement_list.hpp"

#include <map>
#include <string_view>
#include <tuple>
#include <vector>

namespace hcp::store {
namespace {

// A case that was withdrawn before it came has no service and was never opened.
constexpr std::string_view counted_from = R"(
        with counted as (select e.id, e.state, e.withdrawn, e.service_ordinal, e.rating_id,
            {day c.completed_at_us} as on_day, c.line, coalesce(c.department_id, {blank}) as department,
            coalesce(c.item_code, {blank}) as item
            from cases c join evaluations e on e.case_id = c.id where {told e})";
constexpr std::string_view of_evaluations = R"()
        select on_day, line, department, item, metric, count(*) from (
            select on_day, line, department, item, #metric.opened as metric from counted
                where not (state = #evaluation.voided and service_ordinal = 0)
            union all select on_day, line, department, item, #metric.voided from counted
                where state = #evaluation.voided
            union all select k.on_day, k.line, k.department, k.item, #metric.withdrawn_after_rating
                from counted k join ratings r on r.id = k.rating_id
                where k.withdrawn = 1 and r.origin = #origin.authored
            union all select k.on_day, k.line, k.department, k.item, #metric.comment_late
                from counted k join late_comments l on l.evaluation_id = k.id
            union all select k.on_day, k.line, k.department, k.item, #metric.comment_late
                from counted k join comments o on o.evaluation_id = k.id and o.revision = 1
            union all select k.on_day, k.line, k.department, k.item, case when t.rating_id is null
                    then #metric.care_ticket_opened else #metric.ticket_opened end
                from counted k join tickets t on t.evaluation_id = k.id
            union all select k.on_day, k.line, k.department, k.item,
                    #metric.per_origin * (r.origin + #metric.origins_before_unsubmitted * r.unsubmitted) + r.level_code
                from counted k join ratings r on r.id = k.rating_id where k.withdrawn = 0)";

constexpr struct {
    Statement add{"figures.add", R"(
        {upsert counters by completion_day, line, department_id, item_code, metric, instance_no: n = counters.n + new.n})"};
    Statement delivery_totals{"figures.delivery_totals", R"(
        select state, sum(n) from (select state, n from delivery_totals union all
            select d.state, -1 from evaluations e join deliveries d on d.evaluation_id = e.id
            where e.embargoed = #secrecy.holds) t
        group by state)",
                              true};
    Statement queues{"figures.queues", R"(
        select
        (select count(*) from evaluations where state = #evaluation.open)
            - (select count(*) from evaluations where embargoed = #secrecy.holds and state = #evaluation.open),
        (select count(*) from ratings r where r.level_code <= #level.dissatisfied
            and not exists (select 1 from tickets t where t.rating_id = r.id)
            and exists (select 1 from evaluations e where e.id = r.evaluation_id and {told e})),
        (select count(*) from cases where unattributed = 1 and withdrawn = 0
            and (secret = #secrecy.none or secrecy_lifted_at_us is not null)),
        (select count(*) from cases c where c.unclassified = 1 and c.withdrawn = 0
            and (c.secret = #secrecy.none or c.secrecy_lifted_at_us is not null)
            and not exists (select 1 from items i where i.item_code = c.item_code and i.classified = 1)),
        (select count(*) from doubts where number_wrong = 1) - (select count(*) from evaluations e join doubts b
            on b.evaluation_id = e.id where e.embargoed = #secrecy.holds and b.number_wrong = 1),
        (select count(*) from doubts where kind_unknown = 1) - (select count(*) from evaluations e join doubts b
            on b.evaluation_id = e.id where e.embargoed = #secrecy.holds and b.kind_unknown = 1),
        (select count(*) from doubts where line_unknown = 1) - (select count(*) from evaluations e join doubts b
            on b.evaluation_id = e.id where e.embargoed = #secrecy.holds and b.line_unknown = 1),
        (select count(*) from deliveries where state <> #delivery.delivered and state = #delivery.parked
            and held_reason = #held.doubled
            and exists (select 1 from evaluations e where e.id = evaluation_id and {told e})),
        (select count(*) from deliveries where state <> #delivery.delivered and state = #delivery.parked
            and held_reason = #held.difference
            and exists (select 1 from evaluations e where e.id = evaluation_id and {told e})),
        (select created_at_us from deliveries where id = (select min(d.id) from deliveries d
            {hint deliveries_undelivered} where d.state <> #delivery.delivered and d.state = #delivery.queued
            and d.id not in (select y.id from evaluations e join deliveries y on y.evaluation_id = e.id
                where e.embargoed = #secrecy.holds))),
        (select min(opened_at_us) from cases where secret = #secrecy.holds and secrecy_lifted_at_us is null
            and withdrawn = 0)
        {one row})",
                     true};
    Statement highest_id{"figures.highest_id", R"(
        select coalesce(max(highest), 0) from (
            select max(id) as highest from cases union all select max(id) from subjects
            union all select max(id) from dossiers union all select max(id) from evaluations
            union all select max(id) from ratings union all select max(id) from comments
            union all select max(id) from late_comments
            union all select max(id) from tickets union all select max(id) from deliveries
            union all select max(id) from visits union all select max(id) from role_grants
            union all select max(id) from attributions
            union all select max(id) from staff_sessions union all select max(id) from staff_invites
            union all select max(id) from exports
            union all select max(id) from unmaskings union all select max(id) from leak_cases
            union all select max(id) from interpretations
            union all select max(id) from staff_notices) each_of_them)",
                         true};
    Statement counts{"figures.counts", R"(
        select completion_day, line, department_id, item_code, metric, sum(n) from counters
        where completion_day >= :from and completion_day < :to
        group by completion_day, line, department_id, item_code, metric having sum(n) <> 0
        order by completion_day, line, department_id, item_code, metric)"};
    Statement recounted{
        "figures.recounted",
        {counted_from, " and c.completed_at_us >= :from_us and c.completed_at_us < :to_us", of_evaluations, R"(
            union all select {day v.visited_at_us}, v.line, coalesce(v.department_id, {blank}),
                coalesce(v.item_code, {blank}), #metric.visit
                from visits v where v.visited_at_us >= :from_us and v.visited_at_us < :to_us) m
        group by on_day, line, department, item, metric order by on_day, line, department, item, metric)"},
        true};
    // Walks through what one case has.
    Statement recounted_of{"figures.recounted_of",
                           {counted_from, " and c.id = :id", of_evaluations, R"() m
        group by on_day, line, department, item, metric)"},
                           true};
} figures_sql;

}  // namespace

std::vector<const Statement*> SqlFigures::statements() {
    return list_of(figures_sql);
}

result<ports::QueueFigures> SqlFigures::queues() {
    return unit_.guarded([&] {
        ports::QueueFigures out;
        unit_.query(figures_sql.queues, {}, [&](Decoder from) {
            from("", out.open_evaluations);
            from("", out.bad_ratings_without_ticket);
            from("", out.unattributed_cases);
            from("", out.unclassified_cases);
            from("", out.wrong_numbers);
            from("", out.unknown_kinds);
            from("", out.unknown_lines);
            from("", out.doubled);
            from("", out.differences);
            from("", out.oldest_queued_at);
            from("", out.oldest_secret_since);
        });
        unit_.query(figures_sql.delivery_totals, {}, [&](Decoder from) {
            const auto state = from.take<DeliveryState>();
            const auto n = from.take<std::int64_t>();
            switch (state) {
                case DeliveryState::queued:
                    out.queued = n;
                    break;
                case DeliveryState::claimed:
                    out.claimed = n;
                    break;
                case DeliveryState::delivered:
                    out.delivered = n;
                    break;
                case DeliveryState::held:
                    out.held = n;
                    break;
                case DeliveryState::parked:
                    out.parked = n;
                    break;
            }
        });
        return out;
    });
}

result<std::int64_t> SqlFigures::highest_id() {
    return unit_.guarded([&] {
        std::int64_t highest = 0;
        unit_.query(figures_sql.highest_id, {}, [&](Decoder from) { from("", highest); });
        return highest;
    });
}

result<std::vector<Count>> SqlFigures::counts(Day from, Day to) {
    return unit_.guarded([&] { return unit_.rows<Count>(figures_sql.counts, with("from", from, "to", to)); });
}

result<std::vector<Count>> SqlFigures::recounted(Day from, Day to) {
    return unit_.guarded([&] {
        return unit_.rows<Count>(figures_sql.recounted, with("from_us", start_of(from), "to_us", start_of(to)));
    });
}

result<std::vector<Count>> SqlFigures::recounted_of(CaseId id) {
    return unit_.guarded([&] { return unit_.rows<Count>(figures_sql.recounted_of, with("id", id)); });
}

// One row a counter, however often it was counted: a batch counts the same few hundreds of times.
result<void> SqlFigures::add(std::span<const Count> all) {
    return unit_.guarded([&] {
        using Counter = std::tuple<Day, Line, std::string_view, std::string_view, Metric>;
        std::map<Counter, std::int64_t> sums;
        for (const auto& count : all)
            sums[{count.day, count.line, count.department_id, count.item_code, count.metric}] += count.n;
        std::vector<CounterRow> rows;
        for (const auto& [counter, n] : sums) {
            const auto& [day, line, department, item, metric] = counter;
            if (n != 0)
                rows.push_back({{day, line, std::string{department}, std::string{item}, metric, n}, unit_.instance()});
        }
        unit_.insert(figures_sql.add, std::span<const CounterRow>{rows});
    });
}

}  // namespace hcp::store
