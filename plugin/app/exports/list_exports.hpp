#pragma once
#include "plugin/ports/store/exports.hpp"
#include "plugin/ports/store/store.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace hcp::app {

// What left the desk, the latest first; those before `before`, where there is one. Any database thread.
[[nodiscard]] ports::result<std::vector<ports::ExportRow>> list_exports(ports::Store&,
                                                                        std::optional<domain::ExportId> before,
                                                                        std::size_t limit);
// As scripts and the desk read it.
[[nodiscard]] boost::json::object json_of(const ports::ExportRow&);

}  // namespace hcp::app
