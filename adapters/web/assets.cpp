#include "adapters/web/assets.hpp"

#include "adapters/web/content_coding.hpp"

namespace hcp::web {

Response asset_response(const Embedded& file, std::string_view accepted) {
    const auto coding = best_coding(accepted);
    const auto bytes = coding == "br" ? file.brotli : coding == "gzip" ? file.gzip : file.bytes;
    // The name holds the content's hash, so what was fetched once is good for ever.
    Response response{200,
                      file.name.ends_with(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8",
                      std::string{bytes},
                      {{"Cache-Control", "public, max-age=31536000, immutable"},
                       {"Vary", "Accept-Encoding"},
                       {"X-Content-Type-Options", "nosniff"}}};
    if (!coding.empty()) response.headers.emplace_back("Content-Encoding", coding);
    return response;
}

}  // namespace hcp::web
