#pragma once
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/province_profile.hpp"

#include <array>

namespace hcp::gm {

using ports::Bytes;
using ports::Sm2Format;
using ports::Sm2Order;
using ports::View;

// One SM2 ciphertext apart from its order: C1 = (x, y), C3 = the digest, C2 = as long as the plaintext.
struct Sm2Parts {
    std::array<std::uint8_t, 32> x, y, c3;
    Bytes c2;
};

// DER is SEQUENCE { INTEGER x, INTEGER y, OCTET STRING C3, OCTET STRING C2 }; in the raw orders x and y are padded on
// the left to 32 bytes, with a 04 before them or not. Reading is strict: what does not have exactly this shape is
// malformed.
[[nodiscard]] Bytes write_sm2(const Sm2Parts& parts, Sm2Order order, bool prefix04);
[[nodiscard]] ports::result<Sm2Parts> read_sm2(View bytes, Sm2Order order, bool prefix04);

}  // namespace hcp::gm
