// A subject with much business: services of other dossiers that make its list long.
#pragma once
#include "integration/province_sim/checks.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <string>

namespace province_sim {

struct BusySubject {
    std::string certificate, name;
    std::string kind = "001";  // userPageType
    std::int64_t services = 0;
};

// {"certificate", "name", "kind", "services"}; throws std::invalid_argument saying which of them is wrong.
BusySubject parse_busy_subject(const boost::json::object& wish);

// The service of its own dossier 37BUSY‹number›, done a day before `now`.
Fields busy_service(const BusySubject& subject, std::int64_t number, Instant now);

}  // namespace province_sim
