#include "adapters/web/embedded.hpp"

namespace hcp::web {

const Embedded* embedded_file(std::string_view name) noexcept {
    for (const auto& file : embedded_files())
        if (file.name == name) return &file;
    return nullptr;
}

}  // namespace hcp::web
