#include "adapters/store/unmaskings.hpp"

#include "adapters/store/statement_list.hpp"

namespace hcp::store {

using ports::UnmaskingCount;
using ports::UnmaskingRow;

namespace {

constexpr struct {
    Statement insert{"unmaskings.insert", "{insert unmaskings}"};
    Statement after{"unmaskings.after",
                    "select {unmaskings} from unmaskings where id > :after order by id {limit :limit}"};
    Statement of_evaluation{"unmaskings.of_evaluation",
                            "select {unmaskings} from unmaskings where evaluation_id = :evaluation_id order by id"};
    Statement between{"unmaskings.between", R"(
        select {unmaskings} from unmaskings where seen_at_us >= :from_us and seen_at_us < :to_us and id < :before
        order by id desc {limit :limit})"};
    Statement counts{"unmaskings.counts", R"(
        select staff_id, shown, purpose, count(*), count(distinct evaluation_id) from unmaskings
        where seen_at_us >= :from_us and seen_at_us < :to_us
        group by staff_id, shown, purpose order by staff_id, shown, purpose)"};
} unmaskings_sql;

}  // namespace

std::vector<const Statement*> SqlUnmaskings::statements() {
    return list_of(unmaskings_sql);
}

result<std::vector<UnmaskingRow>> SqlUnmaskings::after(UnmaskingId id, std::size_t limit) {
    return unit_.guarded(
        [&] { return unit_.rows<UnmaskingRow>(unmaskings_sql.after, with("after", id.value(), "limit", limit)); });
}

result<std::vector<UnmaskingRow>> SqlUnmaskings::of_evaluation(EvaluationId id) {
    return unit_.guarded(
        [&] { return unit_.rows<UnmaskingRow>(unmaskings_sql.of_evaluation, with("evaluation_id", id)); });
}

result<std::vector<UnmaskingRow>> SqlUnmaskings::between(Instant from, Instant to, UnmaskingId before,
                                                         std::size_t limit) {
    return unit_.guarded([&] {
        return unit_.rows<UnmaskingRow>(unmaskings_sql.between,
                                        with("from_us", from, "to_us", to, "before", before.value(), "limit", limit));
    });
}

result<std::vector<UnmaskingCount>> SqlUnmaskings::counts(Instant from, Instant to) {
    return unit_.guarded([&] {
        std::vector<UnmaskingCount> all;
        unit_.query(unmaskings_sql.counts, with("from_us", from, "to_us", to), [&](Decoder row) {
            auto& count = all.emplace_back();
            row("", count.staff_id);
            row("", count.shown);
            row("", count.purpose);
            row("", count.times);
            row("", count.evaluations);
        });
        return all;
    });
}

result<void> SqlUnmaskings::insert(std::span<const UnmaskingRow> all) {
    return unit_.guarded([&] { unit_.insert(unmaskings_sql.insert, all); });
}

}  // namespace hcp::store
