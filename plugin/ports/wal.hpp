#pragma once
#include <cstdint>

namespace hcp::ports {

// The write-ahead log that SQLite keeps beside a file starts over once all of it has been copied, which a reader that
// stays open (a backup, an operator's shell) does not allow: it grows, and would stay as long as it has become. From
// here on it is an alarm, and cut when the reader has gone.
inline constexpr std::int64_t heavy_wal_bytes = std::int64_t{64} << 20;

}  // namespace hcp::ports
