#pragma once
#include "plugin/app/rating/show_evaluation.hpp"
#include "plugin/domain/tags.hpp"

#include <boost/json.hpp>

namespace hcp::web {

// An evaluation as /api/v1 shows it. Instants are UTC microseconds (`_us`); ids are strings.
[[nodiscard]] boost::json::object to_json(const app::EvaluationFacts& facts);
// The five levels and the tags offered for each.
[[nodiscard]] boost::json::array levels_json(const domain::TagBook& tags);

}  // namespace hcp::web
