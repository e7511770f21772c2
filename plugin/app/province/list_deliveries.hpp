#pragma once
#include "plugin/domain/unknown_outcome.hpp"
#include "plugin/ports/store/deliveries.hpp"
#include "plugin/ports/store/dossiers.hpp"
#include "plugin/ports/store/store.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

// What operators see of deliveries; nothing that is under bid secrecy is known here (E14). Any database thread.
namespace hcp::app {

// One, and what the province's list of its dossier says beside what was sent.
struct DeliverySheet {
    ports::DeliverySummary summary;
    ports::DossierListing listing;
};
[[nodiscard]] ports::result<std::optional<DeliverySheet>> find_delivery(ports::Store&, domain::DeliveryId);

struct DeliveryPage {
    std::vector<ports::DeliverySummary> deliveries;
    std::int64_t total = 0;  // whatever page it is
};
[[nodiscard]] ports::result<DeliveryPage> list_deliveries(ports::Store&, const ports::DeliveryFilter&);
// All of them in one snapshot, whatever `after` and `limit` say; none where they are more than `most`, but their total.
[[nodiscard]] ports::result<DeliveryPage> all_deliveries(ports::Store&, ports::DeliveryFilter, std::size_t most);

// As scripts and the desk read it.
[[nodiscard]] boost::json::object json_of(const ports::DeliverySummary&);
[[nodiscard]] boost::json::object json_of(const ports::DossierListing&);

}  // namespace hcp::app
