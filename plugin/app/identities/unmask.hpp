#pragma once
#include "plugin/app/identities/identities.hpp"
#include "plugin/domain/event.hpp"
#include "plugin/domain/unmasking.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace hcp::app {

struct UnmaskingRequest {
    domain::EvaluationId evaluation;
    domain::Unmasked shown = domain::Unmasked::identity;
    std::optional<domain::UnmaskingPurpose> purpose;
    std::string reason;
};

// Why nothing was shown.
enum class UnmaskingRefusal {
    unknown_actor,       // who acts is not on the roster
    not_allowed,         // by the table of access, since he handled the case, or since an expert rated
    no_such_evaluation,  // or one under bid secrecy, of which nobody learns that it is there (E14)
    erased,              // E29
    no_phone,            // none came with the completion, and none was left with the rating
    no_purpose,
    no_reason,  // empty, or too long
};
[[nodiscard]] std::string_view text_of(UnmaskingRefusal) noexcept;  // what and the remedy, Chinese

// What was shown: of `phone` nothing but the number, of `identity` all but it.
struct SeenSubject {
    domain::UnmaskingId id;
    domain::Unmasked shown = domain::Unmasked::identity;
    domain::Instant seen_at;
    domain::SubjectFacts subject;
    bool may_be_contacted = false;  // as he said with his rating (E7)
};
using UnmaskingReply = std::variant<SeenSubject, UnmaskingRefusal>;

// M16.3: the one way by which somebody of the centre sees who rated. That he saw it, when and what for is in the rows
// and in the ledger before he does.
[[nodiscard]] ports::result<UnmaskingReply> unmask(const IdentityMeans&, std::string_view actor,
                                                   const UnmaskingRequest&);

}  // namespace hcp::app
