#pragma once
#include "adapters/gm/openssl.hpp"
#include "plugin/ports/crypto.hpp"

namespace hcp::gm {

using ports::Digest;
using ports::View;

// Both work on a context of the calling thread. They throw std::bad_alloc when memory is short, and a constructor
// std::runtime_error when OpenSSL has no SM3; never anything else.
class Sm3 final : public ports::Digests {
public:
    Sm3();
    [[nodiscard]] Digest sm3(std::initializer_list<View> parts) const override;
};

// The two states after the key's blocks are kept, so that a digest costs no key setup.
class HmacSm3 final : public ports::KeyedDigest {
public:
    explicit HmacSm3(View key);
    [[nodiscard]] Digest of(std::initializer_list<View> parts) const override;

private:
    MdCtx inner_, outer_;
};

}  // namespace hcp::gm
