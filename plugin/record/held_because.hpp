#pragma once
#include "plugin/domain/certificate.hpp"
#include "plugin/domain/delivery.hpp"
#include "plugin/ports/province_profile.hpp"
#include "plugin/ports/store/evaluations.hpp"
#include "plugin/record/rules.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>

namespace hcp::record {

// What a province's profile decides, beside the rules, about messages.
struct BridgeTerms {
    bool allow_experts = false;
    std::int32_t max_services = 99;
    std::chrono::days give_up_after{14};
    std::string project_no_prefix = "37";
    bool marks_defaults = false;                                  // push_default = marked
    std::set<std::string, std::less<>> mapped_certificate_kinds;  // beyond those that there are
    bool sends_unknown_mode = true;                               // the profile says what to send for it
    domain::SettleTerms settle;
    ports::IdentifiedBy identified_by = ports::IdentifiedBy::name_and_time;

    [[nodiscard]] bool knows_certificate_kind(std::string_view kind) const {
        return kind.empty() || domain::is_certificate_kind(kind) || mapped_certificate_kinds.contains(kind);
    }
};

[[nodiscard]] BridgeTerms bridge_terms(const ports::ProvinceProfile&);

// Of such an evaluation nothing leaves, now or later; so nothing waits for it either.
[[nodiscard]] inline bool stays_closed(const ports::EvaluationRow& evaluation, const BridgeTerms& terms) {
    return evaluation.role == domain::Role::expert && !terms.allow_experts;
}

// A message on its way out.
struct Leaving {
    domain::DeliveryKind kind = domain::DeliveryKind::service;
    const ports::EvaluationRow& evaluation;
    const ports::CaseRow& case_row;
    const ports::RatingRow* rating = nullptr;  // of a rating's message
    bool may_have_left = false;                // an earlier attempt went out, or nobody knows
    std::string_view certificate_kind = {};    // of a service's message, as the host said
    bool service_kept_back = false;            // of a rating's message
};

// The one answer to "may this leave for the province?", asked when a message is made and again when it is sent: of
// several reasons the first in this order holds it.
//   secrecy           its bids are not open (E14)
//   withdrawn         its case was withdrawn before anything of it left (E56)
//   no_message        the province has none of this kind
//   expert            identities of 评标专家 stay closed unless the profile says otherwise
//   superseded        a default that a timely rating has replaced before it was sent (E3): the province keeps the first
//                     that it gets
//   unmarked_default  the province has no mark for a default, and none is sent as an opinion (M7.3)
//   unclassified      of a service: no such item or step at the province (E18), or its line or its subject's kind of
//                     certificate is none of the table (E36), or nobody said which channel it came by and the profile
//                     has no code for that
[[nodiscard]] domain::HeldReason held_because(const Leaving&, const Rules&, const BridgeTerms&);

}  // namespace hcp::record
