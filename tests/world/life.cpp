#include "tests/world/life.hpp"

#include "plugin/compose/rule_files.hpp"
#include "tests/support/project_root.hpp"

#include <stdexcept>
#include <utility>
#include <variant>

namespace hcp::world {

using domain::InstanceNo;

app::RuleFiles shipped_rules() {
    const auto config = test::project_root() / "config";
    auto loaded = compose::load_rules({config / "policy.ini", config / "calendar", config / "items/tags.csv",
                                       config / "items/items.csv", config / "items/nodes.csv"});
    if (!std::holds_alternative<app::RuleFiles>(loaded)) throw std::runtime_error{"the shipped rules have faults"};
    return std::get<app::RuleFiles>(std::move(loaded));
}

Life::Life(const compose::Ground& ground, const compose::Terms& terms, const app::RuleFiles& files, bool& has_joined)
    : crew{0, 0, 0, ground.log},
      use{ground, terms, files, crew},
      jobs{use, crew, [&has_joined](InstanceNo) { has_joined = true; }},
      accept{ground.journal, ground.clock, ground.steady, ground.meter, [this] { jobs.poke(compose::Job::drain); }} {
    (void)jobs.join();
    jobs.begin();
}

}  // namespace hcp::world
