#pragma once
#include "plugin/app/intake/batch.hpp"
#include "plugin/domain/event.hpp"

namespace hcp::app {

// An on-site service that the host reports, for what people say there. A repeat changes nothing.
[[nodiscard]] ports::result<void> register_visit(Batch& batch, const domain::Visit& visit);

}  // namespace hcp::app
