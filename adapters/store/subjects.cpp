#include "adapters/store/subjects.hpp"

#include "adapters/store/statement_list.hpp"

namespace hcp::store {

using ports::SubjectRow;

namespace {

constexpr struct {
    Statement insert{"subjects.insert", "{insert subjects}"};
    Statement by_lookup{"subjects.by_lookup", "select {subjects} from subjects where lookup in (@lookups)"};
    Statement after{"subjects.after", "select {subjects} from subjects where id > :after order by id {limit :limit}"};
    Statement evaluations{"subjects.evaluations",
                          "select count(*) from evaluations e where e.subject_id = :id and {told e}"};
    Statement open_tickets{"subjects.open_tickets", R"(
        select count(*) from evaluations e join tickets t on t.evaluation_id = e.id
        where e.subject_id = :id and t.state = #ticket.fresh)"};
    // Of leak cases there are few.
    Statement open_leaks{"subjects.open_leaks", R"(
        select count(*) from evaluations e join leak_cases l on l.evaluation_id = e.id
        where e.subject_id = :id and l.decided_at_us is null)",
                         true};
    Statement erase{"subjects.erase",
                    "update subjects set wrapped_key = null, lookup = :instead where id = :id and lookup = :lookup"};
} subjects_sql;

}  // namespace

std::vector<const Statement*> SqlSubjects::statements() {
    return list_of(subjects_sql);
}

result<std::vector<std::optional<SubjectRow>>> SqlSubjects::by_lookup(std::span<const Digest> lookups) {
    return unit_.guarded([&] {
        return unit_.in_order<SubjectRow>(subjects_sql.by_lookup, lookups, [](const auto& r) { return r.lookup; });
    });
}

result<std::vector<SubjectRow>> SqlSubjects::after(SubjectId id, std::size_t limit) {
    return unit_.guarded(
        [&] { return unit_.rows<SubjectRow>(subjects_sql.after, with("after", id.value(), "limit", limit)); });
}

result<ports::SubjectMatters> SqlSubjects::matters(SubjectId id) {
    return unit_.guarded([&] {
        ports::SubjectMatters matters;
        unit_.query(subjects_sql.evaluations, with("id", id), [&](Decoder from) { from("", matters.evaluations); });
        unit_.query(subjects_sql.open_tickets, with("id", id),
                    [&](Decoder from) { matters.ticket_open = from.take<std::int64_t>() > 0; });
        unit_.query(subjects_sql.open_leaks, with("id", id),
                    [&](Decoder from) { matters.leak_open = from.take<std::int64_t>() > 0; });
        return matters;
    });
}

result<std::int64_t> SqlSubjects::erase(SubjectId id, const Digest& lookup, const Digest& instead) {
    return unit_.guarded(
        [&] { return unit_.change(subjects_sql.erase, with("id", id, "lookup", lookup, "instead", instead)); });
}

result<void> SqlSubjects::insert(std::span<const SubjectRow> all) {
    return unit_.guarded([&] { unit_.insert(subjects_sql.insert, all); });
}

}  // namespace hcp::store
