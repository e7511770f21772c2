#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/ports/rule_texts.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/record/books.hpp"
#include "plugin/record/rules.hpp"
#include "plugin/run/workers.hpp"

#include <boost/json/object.hpp>

#include <string_view>
#include <variant>

namespace hcp::app {

struct InterpretingMeans {
    record::Books& books;
    const record::RuleBook& rules;
    const ports::RuleTexts& texts;
    const run::Workers& writer;
};

// Why nothing was written.
enum class InterpretationRefusal {
    unknown_actor,  // who acts is not on the roster
    not_allowed,    // by the table of access
    no_such_rule,   // no version of that name, or no such key in it
    no_text,        // empty, or longer than 1000 characters
};
[[nodiscard]] std::string_view text_of(InterpretationRefusal) noexcept;  // what and the remedy, Chinese
using InterpretationReply = std::variant<domain::InterpretationId, InterpretationRefusal>;

// M22.2: how the centre interprets a rule, beside the rule for everybody at the desk. It changes no rule. The writer's
// thread.
[[nodiscard]] ports::result<InterpretationReply> interpret_rule(const InterpretingMeans&, std::string_view actor,
                                                                std::string_view policy_version,
                                                                std::string_view rule_key, std::string_view text);

// Every version of the policy as its file writes it, which of them is in force at `now`, and the interpretations of
// each, as the desk reads them. Any database thread.
[[nodiscard]] ports::result<boost::json::object> policies_json(ports::Store&, const record::Rules&,
                                                               const ports::RuleTexts&, domain::Instant now);

}  // namespace hcp::app
