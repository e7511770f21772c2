#pragma once
#include "plugin/domain/access.hpp"
#include "plugin/ports/store/deliveries.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/record/held_because.hpp"
#include "plugin/record/keys.hpp"

#include <span>
#include <string>
#include <vector>

// What a person does to deliveries. Whether something then leaves is judged anew (held_because).
namespace hcp::app {

enum class DeliveryChange {
    retry,    // what is parked, or held for a reason that a person may lift
    hold,     // what waits
    release,  // what an operator holds, and nothing else
};
[[nodiscard]] domain::Action action_of(DeliveryChange) noexcept;  // who lets things go may have kept them back

struct DeliveryTerms {
    const record::BridgeTerms& bridge;
    domain::Instant now;

    [[nodiscard]] domain::Instant give_up_at() const { return now + bridge.give_up_after; }
};

// Why that may not be, in Chinese; empty where it may.
[[nodiscard]] std::string hindrance(DeliveryChange, const ports::DeliveryRow&, const record::BridgeTerms&);

struct ChangedDelivery {
    domain::DeliveryId id;
    std::string why;  // it stayed as it was; empty: done
};
// Those that may be; of the others why not. Whoever acts was judged before.
[[nodiscard]] ports::result<std::vector<ChangedDelivery>> change_deliveries(ports::Transaction&, DeliveryChange,
                                                                            std::span<const ports::DeliverySummary>,
                                                                            const DeliveryTerms&);

// The same by their ids, of somebody of the centre: each is his to change or not by the table of access, and one that
// is not known says so.
[[nodiscard]] ports::result<std::vector<ChangedDelivery>> change_deliveries_as(ports::Store&, const record::Keys&,
                                                                               const domain::Viewer&, DeliveryChange,
                                                                               std::span<const domain::DeliveryId>,
                                                                               const DeliveryTerms&);

// Why he may not do that to a delivery of this case, in Chinese; empty where he may.
[[nodiscard]] ports::result<std::string> why_not_his(ports::Transaction&, const record::Keys&, const domain::Viewer&,
                                                     domain::Action, domain::CaseId);

}  // namespace hcp::app
