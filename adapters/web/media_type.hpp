#pragma once
#include "adapters/web/ascii_case.hpp"
#include "plugin/domain/text.hpp"

#include <string_view>

namespace hcp::web {

// Whether a Content-Type is that media type, whatever its parameters and its capitals.
[[nodiscard]] constexpr bool is_media_type(std::string_view content_type, std::string_view wanted) noexcept {
    return same_word(domain::trimmed(domain::parted(content_type, ";").first, domain::line_blanks), wanted);
}

}  // namespace hcp::web
