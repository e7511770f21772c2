#include "adapters/gm/tokens.hpp"

#include "adapters/gm/encoding.hpp"
#include "plugin/domain/bytes.hpp"
#include "plugin/ports/crypto.hpp"

namespace hcp::gm {

ports::result<std::string> RandomTokens::next() const {
    HCP_TRY(const auto bytes, random_bytes(16));
    return domain::base64url_text(ports::View{bytes});
}

}  // namespace hcp::gm
