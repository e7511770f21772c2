// What a record of each message must look like. Pure: everything here depends on the record and the instant alone;
// what depends on records already stored is the store's to say.
#pragma once
#include "integration/province_sim/clock.hpp"

#include <boost/json/value.hpp>

#include <map>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace province_sim {

// Why a message is not taken, in the words the caller gets to read.
struct Refusal : std::runtime_error {
    using std::runtime_error::runtime_error;
};

using Fields = std::map<std::string, std::string, std::less<>>;

// M1, the service of a dossier (办件服务).
Fields check_service(const boost::json::value& record, Instant now);

// M2, a rating made on the caller's own channel. `channels` holds the digits pf may be, such as "12345".
Fields check_rating(const boost::json::value& record, Instant now, std::string_view channels);

// M4, the services of one subject.
Fields check_query(const boost::json::value& record);

// Every field of the message, in the order of the interface document.
std::span<const std::string_view> service_fields();
std::span<const std::string_view> rating_fields();

}  // namespace province_sim
