#pragma once
#include "plugin/app/province/change_deliveries.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace hcp::app {

// Whether nobody but a person can tell which of the listed services it is.
[[nodiscard]] bool waits_for_adoption(const ports::DeliveryRow&) noexcept;

// A person's word on which of the services that the province lists is a case's.
struct AdoptService {
    std::string case_no;
    std::int32_t number = 0;
    std::optional<domain::DeliveryId> delivery;  // needed where several subjects of the case wait for it
};
struct AdoptedService {
    std::string case_no, project_no;
};
// Or why not, in Chinese.
using AdoptReply = std::variant<AdoptedService, std::string>;
[[nodiscard]] ports::result<AdoptReply> adopt_service(ports::Store&, const AdoptService&, const DeliveryTerms&);
[[nodiscard]] ports::result<AdoptReply> adopt_service_as(ports::Store&, const record::Keys&, const domain::Viewer&,
                                                         domain::DeliveryId, std::int32_t number, const DeliveryTerms&);

}  // namespace hcp::app
