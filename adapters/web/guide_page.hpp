#pragma once
#include "adapters/web/pages.hpp"
#include "plugin/app/catalogue/show_guides.hpp"

#include <string>
#include <vector>

// Guides as text, for everybody (M4.3). What they say is Chinese in either language. Any thread.
namespace hcp::web {

[[nodiscard]] std::string guides_page(const Look&, const std::vector<app::GuidesOfLine>&);
[[nodiscard]] std::string guide_page(const Look&, const app::GuideFacts&, domain::Day today);

}  // namespace hcp::web
