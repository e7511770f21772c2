#pragma once
#include "plugin/domain/bytes.hpp"
#include "plugin/domain/event.hpp"

#include <optional>
#include <span>
#include <vector>

namespace hcp::domain {

// Events as bytes, for a disk that outlives this build: what any released version wrote, every later one reads.
//   u8 version = 1 | count | each event: u8 kind (1 completion, 2 withdrawal, 3 bids opened, 4 visit) | its fields in
//   the order of event.hpp
// Instants are i64 big-endian; an optional is u8 0|1 before the value; text is its size and the bytes; a list is its
// count and the elements; codes, counts and sizes are LEB128 in the shortest form. One value has one encoding.
[[nodiscard]] Bytes encode_events(std::span<const Event> events);

// Nothing unless `bytes` is exactly what encode_events gives for some events.
[[nodiscard]] std::optional<std::vector<Event>> decode_events(View bytes);

}  // namespace hcp::domain
