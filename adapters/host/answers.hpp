#pragma once
#include "adapters/host/module.hpp"
#include "plugin/app/rating/rating_outcome.hpp"
#include "plugin/app/rating/show_evaluation.hpp"
#include "plugin/ports/log.hpp"
#include "plugin/record/keys.hpp"
#include "plugin/run/outcome.hpp"

#include <string>
#include <string_view>

namespace hcp::host {

// What the host is told of every end that a question of its can have; the log, of what is our fault.
[[nodiscard]] Reply reply_to(const app::RatingOutcome& outcome, const record::Keys& keys, ports::Log& log);
// The links begin with `link_base`.
[[nodiscard]] Reply reply_to(const run::ReadOutcome<app::UnansweredPage>& outcome, std::string_view link_base,
                             ports::Log& log);

}  // namespace hcp::host
