#pragma once
#include "plugin/domain/time.hpp"

#include <boost/json/value.hpp>

#include <optional>
#include <string>

// Where types end, of what scripts and the desk read: ids are texts, since JavaScript numbers end at 2^53; instants
// are microseconds of UTC or null.
namespace hcp::record {

template <class Id>
[[nodiscard]] std::string id_text(Id id) {
    return std::to_string(id.value());
}

[[nodiscard]] inline boost::json::value json_of(const std::optional<domain::Instant>& t) {
    if (!t) return nullptr;
    return domain::to_us(*t);
}

}  // namespace hcp::record
