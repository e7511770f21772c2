#pragma once
#include "plugin/app/rating/show_evaluation.hpp"
#include "plugin/domain/access.hpp"
#include "plugin/domain/stopwatch.hpp"
#include "plugin/domain/unmasking.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::app {

// An evaluation as somebody of the centre may see it: what he may not see is not in it.
struct FoundEvaluation {
    domain::EvaluationId id;
    domain::CaseId case_id;
    EvaluationFacts facts;  // without drafts, links and comments; its rating only where the level may be seen
    std::string department_id;
    domain::Stopwatch stopwatch;  // M6.1
    std::vector<domain::Unmasked> may_unmask;
};

// The search of the desk: all evaluations of the cases with this number, the latest case first; of more than
// `most_cases_found` cases only the latest. Who rated is in none of it (M16.2).
inline constexpr std::size_t most_cases_found = 20;
[[nodiscard]] ports::result<std::vector<FoundEvaluation>> find_evaluations(ports::Store&, const record::Keys&,
                                                                           const record::RuleBook&,
                                                                           const ShowEvaluation&, const domain::Viewer&,
                                                                           std::string_view case_no,
                                                                           domain::Instant now);

}  // namespace hcp::app
