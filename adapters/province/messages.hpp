#pragma once
#include "plugin/ports/province.hpp"
#include "plugin/ports/province_profile.hpp"

// Our messages as the province's records. Pure: the profile has the names, codes, padding and limits; the rules are
// here.
namespace hcp::province {

// `now` bounds what is sent: no time on the wire is later than now - clamp_skew. Without its digest.
[[nodiscard]] ports::WireRecord to_record(const ports::ServiceMessage&, const ports::ProvinceProfile&,
                                          domain::Instant now);
[[nodiscard]] ports::WireRecord to_record(const ports::RatingMessage&, const ports::ProvinceProfile&,
                                          domain::Instant now);
[[nodiscard]] ports::WireRecord to_record(const ports::ServiceQuery&, const ports::ProvinceProfile&,
                                          domain::Instant now);

}  // namespace hcp::province
