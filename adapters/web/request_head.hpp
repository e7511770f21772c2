#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

// The header of a request as bytes, before a parser has it. Beast reads leniently: it takes a Transfer-Encoding that it
// does not know for none, and joins folded lines; then a proxy before us and we disagree where a request ends, and the
// body of one is the next. Here what two readers could take for different things is refused.
namespace hcp::web {

struct HeadSearch {
    enum class Found { not_yet, end, garbage } found;
    std::size_t at;  // the first byte behind the header; or how far was looked, to go on from there
};
// Garbage: a line end that is not CR LF, a control character, an empty line where the request should begin.
[[nodiscard]] HeadSearch find_head_end(std::string_view received, std::size_t from) noexcept;

// The status with which a whole header is refused, 400 or 417; nothing when it means one thing only.
[[nodiscard]] std::optional<int> flaw_of_head(std::string_view head);

// What a target asks for, of a header without a flaw.
struct Target {
    std::string_view path, query;
    std::string_view authority;  // of the absolute form, else empty
};
[[nodiscard]] Target read_target(std::string_view target) noexcept;

}  // namespace hcp::web
