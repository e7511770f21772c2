#pragma once
#include "plugin/ports/province.hpp"
#include "plugin/ports/province_profile.hpp"

#include <string>
#include <vector>

// Our messages as the province's records. Pure: the profile has the names, codes, padding and limits; the rules are
// here.
namespace hcp::province {

struct Record {
    std::string json;                 // the text of an array of one record; empty when there are faults
    std::vector<std::string> faults;  // Chinese, each naming its field: nothing may be sent
    std::vector<std::string> notes;   // what was cut, or sent in place of nothing; the stored original is never touched
    std::vector<std::string> moved;   // times that were sent as others: whatever has just happened, by clamp_skew
    std::string service_time;         // M1: as in the record
};

// `now` bounds what is sent: no time on the wire is later than now - clamp_skew.
[[nodiscard]] Record to_record(const ports::ServiceMessage&, const ports::ProvinceProfile&, domain::Instant now);
[[nodiscard]] Record to_record(const ports::RatingMessage&, const ports::ProvinceProfile&, domain::Instant now);
[[nodiscard]] Record to_record(const ports::ServiceQuery&, const ports::ProvinceProfile&, domain::Instant now);

}  // namespace hcp::province
