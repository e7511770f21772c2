#include "adapters/web/random_text.hpp"

#include <openssl/rand.h>
#include <array>
#include <stdexcept>

namespace hcp::web {

std::string random_hex() {
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) throw std::runtime_error{"no randomness"};
    constexpr const char* digits = "0123456789abcdef";
    std::string out;
    for (const auto byte : bytes) {
        out.push_back(digits[byte >> 4]);
        out.push_back(digits[byte & 15]);
    }
    return out;
}

}  // namespace hcp::web
