#pragma once
#include "plugin/record/books.hpp"
#include "plugin/run/workers.hpp"

#include <chrono>

namespace hcp::app {

// Tells the heads and contacts of a department that a guide of its was not renewed for so long; again each time that as
// long has passed (M4.3). The writer's thread; however many hosts do it, each is told once.
[[nodiscard]] ports::result<void> remind_guides(record::Books&, const run::Workers& writer, std::chrono::days last);

}  // namespace hcp::app
