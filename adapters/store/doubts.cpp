#include "adapters/store/doubts.hpp"

#include "adapters/store/statement_list.hpp"

namespace hcp::store {

using ports::DoubtRow;
using ports::DoubtSummary;

namespace {

constexpr struct {
    Statement insert{"doubts.insert", "{insert doubts}"};
    Statement page{"doubts.page", R"(
        select {doubts b}, c.host_id, c.case_no, c.completion_no, c.node, c.department_name, c.line, c.opened_at_us
        from doubts b join evaluations e on e.id = b.evaluation_id and {told e} join cases c on c.id = e.case_id
        where b.evaluation_id > :after order by b.evaluation_id {limit :limit})",
                   true};
} doubts_sql;

}  // namespace

std::vector<const Statement*> SqlDoubts::statements() {
    return list_of(doubts_sql);
}

result<std::vector<DoubtSummary>> SqlDoubts::list(EvaluationId after, std::size_t limit) {
    return unit_.guarded([&] {
        std::vector<DoubtSummary> out;
        unit_.query(doubts_sql.page, with("after", after.value(), "limit", limit), [&](Decoder from) {
            auto& one = out.emplace_back();
            one.doubt = from.row<DoubtRow>();
            from("", one.host_id);
            from("", one.case_no);
            from("", one.completion_no);
            from("", one.node);
            from("", one.department_name);
            from("", one.line);
            from("", one.opened_at);
        });
        return out;
    });
}

result<void> SqlDoubts::insert(std::span<const DoubtRow> all) {
    return unit_.guarded([&] { unit_.insert(doubts_sql.insert, all); });
}

}  // namespace hcp::store
