#pragma once
#include <span>
#include <string_view>

namespace hcp::web {

// A file of pages/ or of the built desk, as compiled in.
struct Embedded {
    std::string_view name;  // "evaluation.mustache", "assets/site.css", "desk/desk.js"
    std::string_view hash;  // first 16 hexadecimal digits of its SHA-256
    std::string_view bytes;
    std::string_view gzip, brotli;  // the same, compressed; empty of what is not served as it is
};

[[nodiscard]] std::span<const Embedded> embedded_files() noexcept;
// Never null for a name in pages/, which is a constant of the caller; null for those of a desk that was left out.
[[nodiscard]] const Embedded* embedded_file(std::string_view name) noexcept;

}  // namespace hcp::web
