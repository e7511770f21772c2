#include "plugin/app/identities/list_unmaskings.hpp"

#include "plugin/app/identities/identities.hpp"
#include "plugin/record/json.hpp"

#include <boost/json.hpp>

#include <limits>
#include <utility>

namespace hcp::app {

using namespace domain;
using namespace record;

namespace {

ports::result<std::vector<ListedUnmasking>> listed(ports::Snapshot& rows, const Keys& keys,
                                                   std::vector<ports::UnmaskingRow> all) {
    std::vector<ListedUnmasking> out;
    out.reserve(all.size());
    for (auto& row : all) {
        HCP_TRY(const auto view, rows.evaluations().find(row.evaluation_id));
        auto& one = out.emplace_back(ListedUnmasking{std::move(row), {}, {}, {}});
        if (!view) continue;
        one.reason = opened_words(keys, view->subject, one.row.sealed_reason, one.row.reason_digest);
        one.case_no = view->case_row.case_no;
        one.department_name = view->case_row.department_name;
    }
    return out;
}

}  // namespace

ports::result<std::vector<ListedUnmasking>> unmaskings_of(ports::Store& store, const Keys& keys, EvaluationId id) {
    return ports::ask(store, [&](ports::Snapshot& rows) -> ports::result<std::vector<ListedUnmasking>> {
        HCP_TRY(auto all, rows.unmaskings().of_evaluation(id));
        return listed(rows, keys, std::move(all));
    });
}

ports::result<std::vector<ListedUnmasking>> unmaskings_between(ports::Store& store, const Keys& keys,
                                                               const Period& period, std::optional<UnmaskingId> before,
                                                               std::size_t limit) {
    return ports::ask(store, [&](ports::Snapshot& rows) -> ports::result<std::vector<ListedUnmasking>> {
        const auto end = before.value_or(UnmaskingId{std::numeric_limits<std::int64_t>::max()});
        HCP_TRY(auto all, rows.unmaskings().between(period.from, period.to, end, limit));
        return listed(rows, keys, std::move(all));
    });
}

ports::result<std::vector<ports::UnmaskingCount>> unmasking_report(ports::Store& store, const Period& period) {
    return ports::ask(store, [&](ports::Snapshot& rows) { return rows.unmaskings().counts(period.from, period.to); });
}

boost::json::object json_of(const ListedUnmasking& one) {
    const auto& row = one.row;
    return {{"id", id_text(row.id)},           {"evaluation", id_text(row.evaluation_id)},
            {"case_no", one.case_no},          {"department_name", one.department_name},
            {"staff_id", row.staff_id},        {"shown", code_of(row.shown)},
            {"purpose", code_of(row.purpose)}, {"reason", one.reason},
            {"seen_at_us", to_us(row.seen_at)}};
}

boost::json::object json_of(const ports::UnmaskingCount& count) {
    return {{"staff_id", count.staff_id},
            {"shown", code_of(count.shown)},
            {"purpose", code_of(count.purpose)},
            {"times", count.times},
            {"evaluations", count.evaluations}};
}

}  // namespace hcp::app
