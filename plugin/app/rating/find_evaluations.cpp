#include "plugin/app/rating/find_evaluations.hpp"

#include "plugin/record/sealed_facts.hpp"

#include <iterator>
#include <utility>

namespace hcp::app {

using namespace domain;
using namespace record;

namespace {

// Nothing: he sees nothing of it.
ports::result<std::optional<FoundEvaluation>> seen_by(const Viewer& viewer, const Keys& keys, const Rules& rules,
                                                      const ShowEvaluation& show, const ports::EvaluationView& view,
                                                      Instant now) {
    using Nothing = std::optional<FoundEvaluation>;
    HCP_TRY(const auto handlers, handler_ids_of(keys.sealer, view.case_row));
    const Matter matter{.department_id = view.case_row.department_id,
                        .handlers = handlers,
                        .secrecy = view.evaluation.secrecy,
                        .rated_by_expert = view.evaluation.role == Role::expert};
    const auto sees = [&](Field field) { return visible_to(viewer, field, matter); };
    if (!sees(Field::case_facts)) return Nothing{};
    const auto& row = view.case_row;
    FoundEvaluation found{view.evaluation.id, row.id, {}, row.department_id, {}, {}};
    found.stopwatch = stopwatch(rules.catalogue->item(row.item_code, row.completed_at),
                                {row.accepted_at, row.promised_at, row.completed_at}, rules.calendar,
                                rules.policy_of(row).office_hours);
    HCP_TRY(found.facts, show.facts_of(view, now));
    // What somebody has begun is nobody's word yet.
    found.facts.draft.reset();
    if (found.facts.rating) {
        // The receipt is the rater's.
        found.facts.rating->receipt.clear();
        if (!sees(Field::text)) found.facts.rating->text.clear();
        if (!sees(Field::level)) found.facts.rating.reset();
    }
    for (const auto shown : {Unmasked::identity, Unmasked::phone})
        if (!found.facts.erased && sees(field_of(shown))) found.may_unmask.push_back(shown);
    return Nothing{std::move(found)};
}

}  // namespace

ports::result<std::vector<FoundEvaluation>> find_evaluations(ports::Store& store, const Keys& keys,
                                                             const RuleBook& book, const ShowEvaluation& show,
                                                             const Viewer& viewer, std::string_view case_no,
                                                             Instant now) {
    HCP_TRY(const auto views,
            ports::ask(store, [&](ports::Snapshot& rows) -> ports::result<std::vector<ports::EvaluationView>> {
                std::vector<ports::EvaluationView> all;
                HCP_TRY(const auto cases, rows.cases().by_number(case_no, most_cases_found));
                for (const auto& row : cases) {
                    HCP_TRY(auto of_case, rows.evaluations().of_case(row.id));
                    std::move(of_case.begin(), of_case.end(), std::back_inserter(all));
                }
                return all;
            }));
    const auto rules = book.current();
    std::vector<FoundEvaluation> all;
    for (const auto& view : views) {
        HCP_TRY(auto found, seen_by(viewer, keys, *rules, show, view, now));
        if (found) all.push_back(*std::move(found));
    }
    return all;
}

}  // namespace hcp::app
