#include "adapters/store/tickets.hpp"

#include "adapters/store/cases.hpp"
#include "adapters/store/evaluations.hpp"
#include "adapters/store/statement_list.hpp"

namespace hcp::store {

using ports::RunningTicket;
using ports::TicketRow;

namespace {

constexpr struct {
    Statement insert{"tickets.insert", "{insert tickets}"};
    Statement of_rating{"tickets.of_rating", "select {tickets} from tickets where rating_id = :rating"};
    Statement after{"tickets.after", "select {tickets} from tickets where id > :after order by id {limit :limit}"};
    Statement running_after{"tickets.running_after", R"(
        select {tickets t}, {evaluations e}, {cases c}
        from tickets t join evaluations e on e.id = t.evaluation_id join cases c on c.id = e.case_id
        where t.id > :after and t.state = #ticket.fresh and t.contact_deadline_us is not null
            and t.rectify_deadline_us is not null
        order by t.id {limit :limit})",
                            true};
    Statement extend{"tickets.extend", R"(
        update tickets set contact_deadline_us = :contact_deadline_us, rectify_deadline_us = :rectify_deadline_us
        where id = :id and state = #ticket.fresh)"};
} tickets_sql;

}  // namespace

std::vector<const Statement*> SqlTickets::statements() {
    return list_of(tickets_sql);
}

result<std::optional<TicketRow>> SqlTickets::of_rating(RatingId id) {
    return unit_.guarded([&] {
        auto rows = unit_.rows<TicketRow>(tickets_sql.of_rating, with("rating", id.value()));
        return rows.empty() ? std::nullopt : std::optional{rows.front()};
    });
}

result<std::vector<TicketRow>> SqlTickets::after(TicketId id, std::size_t limit) {
    return unit_.guarded(
        [&] { return unit_.rows<TicketRow>(tickets_sql.after, with("after", id.value(), "limit", limit)); });
}

result<std::vector<RunningTicket>> SqlTickets::running_after(TicketId id, std::size_t limit) {
    return unit_.guarded([&] {
        std::vector<RunningTicket> running;
        unit_.query(tickets_sql.running_after, with("after", id.value(), "limit", limit), [&](Decoder from) {
            auto& one = running.emplace_back();
            one.ticket = from.row<TicketRow>();
            one.evaluation = from.row<ports::EvaluationRow>();
            one.case_row = from.row<ports::CaseRow>();
        });
        return running;
    });
}

result<void> SqlTickets::insert(std::span<const TicketRow> all) {
    return unit_.guarded([&] { unit_.insert(tickets_sql.insert, all); });
}

result<void> SqlTickets::extend(std::span<const ports::TicketTerms> all) {
    return unit_.guarded([&] {
        Encoder runs;
        for (const auto& one : all) runs.row(one);
        if (!runs.empty()) unit_.each(tickets_sql.extend, runs);
    });
}

}  // namespace hcp::store
