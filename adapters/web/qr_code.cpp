#include "adapters/web/qr_code.hpp"

#include <qrcodegen/qrcodegen.hpp>

namespace hcp::web {

std::string qr_svg(const std::string& text, const std::string& title) {
    constexpr int quiet = 4;
    const auto code = qrcodegen::QrCode::encodeText(text.c_str(), qrcodegen::QrCode::Ecc::MEDIUM);
    const auto size = std::to_string(code.getSize() + 2 * quiet);
    std::string path;
    for (int y = 0; y < code.getSize(); ++y)
        for (int x = 0; x < code.getSize(); ++x)
            if (code.getModule(x, y))
                path += 'M' + std::to_string(x + quiet) + ' ' + std::to_string(y + quiet) + "h1v1h-1z";
    return R"(<svg class="qr" role="img" aria-label=")" + title + R"(" viewBox="0 0 )" + size + ' ' + size +
           R"(" shape-rendering="crispEdges"><rect width="100%" height="100%" fill="#fff"/><path fill="#000" d=")" +
           path + R"("/></svg>)";
}

}  // namespace hcp::web
