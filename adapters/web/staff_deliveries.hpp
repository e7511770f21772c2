#pragma once
#include "adapters/web/staff_routes.hpp"
#include "plugin/ports/store/deliveries.hpp"

#include <string>
#include <string_view>
#include <variant>

// What the list of deliveries and the file of it share.
namespace hcp::web {

// They are of cases of every department.
[[nodiscard]] bool sees_deliveries(const StaffCall&);

struct WrongField {
    std::string_view field, said;
};
// As the query of a request narrows the list.
[[nodiscard]] std::variant<ports::DeliveryFilter, WrongField> deliveries_filter(const std::string& query);

}  // namespace hcp::web
