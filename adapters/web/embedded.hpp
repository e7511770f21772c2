#pragma once
#include <span>
#include <string_view>

namespace hcp::web {

// A file of pages/, as compiled in.
struct Embedded {
    std::string_view name;  // "evaluation.mustache", "assets/site.css"
    std::string_view hash;  // first 16 hexadecimal digits of its SHA-256
    std::string_view bytes;
    std::string_view gzip, brotli;  // the same, compressed; empty of what is not served as it is
};

[[nodiscard]] std::span<const Embedded> embedded_files() noexcept;
// Never null for a name in pages/: the caller names a constant.
[[nodiscard]] const Embedded* embedded_file(std::string_view name) noexcept;

}  // namespace hcp::web
