#pragma once
#include "plugin/domain/calendar.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/rule_texts.hpp"
#include "plugin/record/books.hpp"
#include "plugin/run/workers.hpp"

#include <string>
#include <string_view>
#include <variant>

namespace hcp::app {

struct ActivationMeans {
    record::Books& books;
    const ports::Digests& digests;
    const ports::RuleTexts& texts;
    const run::Workers& writer;
};

// Why no local day came into force.
enum class ActivationRefusal {
    unknown_actor,  // who acts is not on the roster
    not_allowed,    // by the table of access
    no_calendar,    // none is in force: no instance has started yet
    nothing_new,
    version_taken,  // by other local days of the same day of publication
};
[[nodiscard]] std::string_view text_of(ActivationRefusal) noexcept;  // what and the remedy, Chinese
using ActivationReply = std::variant<std::string, ActivationRefusal>;

// E21: the local days of `offered`, over the State Council's days that are in force, are in force from now on; every
// instance follows before it opens or settles anything. Answers the version that they make. The writer's thread.
[[nodiscard]] ports::result<ActivationReply> activate_local_days(const ActivationMeans&, std::string_view actor,
                                                                 const domain::Calendar& offered);

}  // namespace hcp::app
