#pragma once
#include "plugin/ports/province.hpp"
#include "plugin/ports/province_profile.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace hcp::province {

// The services in a decrypted M4 list, in our words, by project and number: names without blanks around them, times
// however they are written, numbers counted from 1. Pure; takes any bytes. Nothing when it is no such list, or
// contradicts itself: to leave out what cannot be read would be to say that the province does not have it.
[[nodiscard]] std::optional<std::vector<ports::KnownService>> read_services(std::string_view list,
                                                                            const ports::ProvinceProfile&);

}  // namespace hcp::province
