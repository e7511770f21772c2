#pragma once
#include "plugin/app/identities/list_unmaskings.hpp"

#include <optional>
#include <string>

namespace hcp::web {

// The month that a query asks for ("2026-09"), in Shanghai; the current one where it asks for none. Nothing: it is no
// month.
[[nodiscard]] std::optional<app::Period> month_asked(const std::string& query, domain::Instant now);

}  // namespace hcp::web
