#pragma once
#include "adapters/web/staff_inspections.hpp"
#include "plugin/app/desk_sessions/desk.hpp"
#include "plugin/ports/identity_provider.hpp"
#include "plugin/ports/ini_entry.hpp"
#include "plugin/ports/rule_texts.hpp"
#include "plugin/ports/sheet_writer.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/record/held_because.hpp"
#include "plugin/record/rules.hpp"
#include "plugin/run/workers.hpp"

#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace hcp::web {

// What the pages of the centre's people stand on beside what all pages do. It outlives the server and every task that
// was posted.
struct StaffServices {
    ports::Store& store;
    app::DeskMeans means;
    run::Workers& writer;  // whatever changes something
    const ports::RuleTexts& rule_texts;
    const ports::SheetWriter& sheets;
    StaffInspections& inspections;
    // The rules as the files of this machine have them by now, or every fault of the files. Any database thread.
    std::function<std::variant<std::shared_ptr<const record::Rules>, std::vector<ports::Fault>>()> offered_rules;
    record::BridgeTerms bridge{};
    // The centre's own sign-on, and what its button says. Null: there is none.
    ports::IdentityProvider* openid = nullptr;
    std::string openid_name{};
};

}  // namespace hcp::web
