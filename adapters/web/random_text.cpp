#include "adapters/web/random_text.hpp"

#include "plugin/domain/bytes.hpp"

#include <openssl/rand.h>

#include <array>
#include <stdexcept>

namespace hcp::web {

std::string random_hex() {
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) throw std::runtime_error{"no randomness"};
    return domain::hex_text(bytes);
}

}  // namespace hcp::web
