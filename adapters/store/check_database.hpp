#pragma once
#include "adapters/store/options.hpp"
#include "plugin/domain/time.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace hcp::store {

// One thing that was looked at, in Chinese, and what was found of it.
struct Remark {
    enum class Kind { fine, warning, fault };
    Kind kind = Kind::fine;
    std::string about, text;
};

// Whether the module can work on this database, and how well: the connection, the schema with every column and index as
// it is now, the rights on each table, what is set otherwise than it should be, the clocks. Changes nothing. What later
// ones cannot be looked at for is the last fault. `max_skew`: by how much the clocks may differ (E24).
[[nodiscard]] std::vector<Remark> check_database(const StoreOptions&, domain::Instant now,
                                                 std::chrono::milliseconds max_skew);

}  // namespace hcp::store
