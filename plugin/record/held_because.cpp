#include "plugin/record/held_because.hpp"

namespace hcp::record {

using namespace domain;

BridgeTerms bridge_terms(const ports::ProvinceProfile& profile) {
    BridgeTerms terms{.allow_experts = profile.allow_experts,
                      .max_services = static_cast<std::int32_t>(profile.max_services),
                      .give_up_after = profile.give_up_after,
                      .project_no_prefix = profile.project_no_prefix,
                      .marks_defaults = profile.default_pf.has_value(),
                      .mapped_certificate_kinds = {},
                      .sends_unknown_mode = false,
                      .settle = profile.settle,
                      .identified_by = profile.listed.identified_by};
    const auto unknown = profile.modes.find(Mode::unknown);
    terms.sends_unknown_mode = unknown != profile.modes.end() && !unknown->second.empty();
    for (const auto& [kind, wire] : profile.certificate_kinds) terms.mapped_certificate_kinds.insert(kind);
    return terms;
}

HeldReason held_because(const Leaving& message, const Rules& rules, const BridgeTerms& terms) {
    const bool unsent_service = message.kind == DeliveryKind::service && !message.may_have_left;
    if ((unsent_service && message.case_row.withdrawn) || message.service_kept_back) return HeldReason::withdrawn;
    if (const auto secret = message.evaluation.secrecy.holds(); secret != HeldReason::none) return secret;
    if (message.kind == DeliveryKind::withdrawal) return HeldReason::no_message;
    if (stays_closed(message.evaluation, terms)) return HeldReason::expert;
    if (message.rating != nullptr && message.rating->origin == Origin::by_default) {
        const bool in_force = message.rating->id == message.evaluation.rating_id;
        if (!in_force && !message.may_have_left) return HeldReason::superseded;
        if (!terms.marks_defaults) return HeldReason::unmarked_default;
    }
    if (message.kind == DeliveryKind::service) {
        const auto* item = rules.item(message.case_row.item_code);
        if (item == nullptr || !item->classified || rules.node(message.case_row.node) == nullptr ||
            !is_known(message.case_row.line) || !terms.knows_certificate_kind(message.certificate_kind) ||
            (message.case_row.mode == Mode::unknown && !terms.sends_unknown_mode))
            return HeldReason::unclassified;
    }
    return HeldReason::none;
}

}  // namespace hcp::record
