#pragma once
#include "plugin/app/intake/accept_events.hpp"
#include "plugin/compose/jobs.hpp"
#include "plugin/compose/use_cases.hpp"

namespace hcp::world {

[[nodiscard]] app::RuleFiles shipped_rules();

// One process of the module, from its start to its end, however that comes.
struct Life {
    Life(const compose::Ground& ground, const compose::Terms& terms, const app::RuleFiles& files, bool& has_joined);

    compose::Crew crew;
    compose::UseCases use;
    compose::Jobs jobs;
    app::AcceptEvents accept;
};

}  // namespace hcp::world
