#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace hcp::calendar {

// What is wrong with the encoding of a text.
struct Foreign {
    enum class Why {
        neither,     // UTF-8 nor GB18030
        no_gb18030,  // the system cannot read it
    };
    Why why = Why::neither;
    std::size_t at = 0;  // the first byte that fits neither
};

// In UTF-8: a text that is so already, mark and all, or one in GB18030 (and so GBK and GB2312). One that is UTF-8 for
// the most part is handed on with its damage, for whoever reads its lines to tell of; so is one in UTF-16.
[[nodiscard]] std::string in_utf8(std::string_view bytes, std::optional<Foreign>& otherwise);

}  // namespace hcp::calendar
