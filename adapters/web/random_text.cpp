#include "adapters/web/random_text.hpp"

#include "plugin/domain/bytes.hpp"
#include "plugin/run/openssl_library.hpp"

#include <openssl/rand.h>

#include <array>
#include <stdexcept>

namespace hcp::web {

std::string random_hex() {
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes_ex(run::openssl_library(), bytes.data(), bytes.size(), 0) != 1)
        throw std::runtime_error{"no randomness"};
    return domain::hex_text(bytes);
}

}  // namespace hcp::web
