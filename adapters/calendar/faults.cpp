#include "adapters/calendar/faults.hpp"

#include "plugin/domain/nearest_name.hpp"

namespace hcp::calendar {

std::string nearest_hint(std::string_view name, std::span<const std::string_view> known) {
    const auto nearest = domain::nearest_name(name, known, name.size() / 3 + 2);
    return nearest.empty() ? std::string{} : "最接近的是 " + std::string{nearest};
}

}  // namespace hcp::calendar
