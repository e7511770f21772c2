#pragma once
#include "plugin/domain/unknown_outcome.hpp"
#include "plugin/ports/province_profile.hpp"
#include "plugin/ports/store/deliveries.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace hcp::app {

struct Found {
    domain::Listing listing = domain::Listing::absent;
    std::int32_t number = 0;                      // present
    std::string why;                              // doubled, unclear: for operators, Chinese
    std::vector<ports::KnownService> of_dossier;  // what the list has of it
};

// Which of the listed services is this delivery's. Pure.
//   A service is known by its name and its time, as they were sent; where the list tells no seconds, to the minute.
//   Of several of one name and time, which nobody could tell apart, the numbers are in the order of the ordinals: each
//   left only when the one before had arrived.
//   Entries that a person has called surplus are not there.
//   What is pending may be listed by the time that the list comes: as many entries more are no doubling yet.
//   More entries of its name than were sent: doubled. An entry of its name that fits the time of nothing that was sent,
//   or a list without what the profile says identifies: unclear.
[[nodiscard]] Found find_service(const ports::DeliveryWork& work, std::span<const ports::KnownService> listed,
                                 ports::IdentifiedBy by);

}  // namespace hcp::app
