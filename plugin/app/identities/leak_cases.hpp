#pragma once
#include "plugin/app/identities/identities.hpp"
#include "plugin/domain/unmasking.hpp"
#include "plugin/ports/store/store.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// It is said to be out who rated: who saw it, what is decided, and what comes of it (M16.4).
namespace hcp::app {

enum class LeakRefusal {
    unknown_actor,  // who acts is not on the roster
    not_allowed,    // by the table of access; whoever saw the identity or reported the case does not decide it
    no_such_evaluation,
    no_such_case,
    erased,  // E29
    decided_already,
    no_finding,
    no_words,          // empty, or too long
    unknown_culprit,   // not on the roster
    culprit_needless,  // of a finding by which nobody of the centre told it
};
[[nodiscard]] std::string_view text_of(LeakRefusal) noexcept;  // what and the remedy, Chinese
using LeakReply = std::variant<domain::LeakCaseId, LeakRefusal>;

// Whoever may decide it finds it in his inbox.
[[nodiscard]] ports::result<LeakReply> report_leak(const IdentityMeans&, std::string_view actor, domain::EvaluationId,
                                                   std::string_view occasion);

struct LeakVerdict {
    std::optional<domain::LeakFinding> finding;
    std::string culprit;  // staff id; of a confirmed one
    std::string outcome;
};
[[nodiscard]] ports::result<LeakReply> decide_leak(const IdentityMeans&, std::string_view actor, domain::LeakCaseId,
                                                   const LeakVerdict&);

struct ListedLeak {
    ports::LeakCaseRow row;
    std::string case_no, occasion, outcome;    // the words: empty where the subject is erased
    std::vector<ports::UnmaskingRow> viewers;  // each time that it was seen, the first first
};
// The latest first; those before `before`, where there is one. Any database thread.
[[nodiscard]] ports::result<std::vector<ListedLeak>> list_leaks(ports::Store&, const record::Keys&,
                                                                std::optional<domain::LeakCaseId> before,
                                                                std::size_t limit);
// As scripts and the desk read it.
[[nodiscard]] boost::json::object json_of(const ListedLeak&);

}  // namespace hcp::app
