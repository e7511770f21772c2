#pragma once
#include <string>

namespace hcp::web {

// The text as a QR code in an inline <svg>, drawn black on white whatever the page's colours: scanners want it so.
[[nodiscard]] std::string qr_svg(const std::string& text, const std::string& title);

}  // namespace hcp::web
