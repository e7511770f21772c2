#pragma once
#include "adapters/gm/sm2_key.hpp"

#include <string>
#include <string_view>

namespace hcp::gm {

using ports::Bytes;
using ports::View;

// The identity that goes into the digest when two sides have agreed on none (GM/T 0009).
inline constexpr std::string_view default_sm2_id = "1234567812345678";

// SM2 over SM3; signatures are DER. Whoever has only the public key, an auditor for one, verifies.
class Sm2Verifier {
public:
    explicit Sm2Verifier(PKey key, std::string_view id = default_sm2_id) : key_{std::move(key)}, id_{id} {}
    [[nodiscard]] bool verify(View message, View signature) const;
    [[nodiscard]] std::string public_pem() const { return sm2_public_pem(*key_); }

protected:
    PKey key_;
    std::string id_;
};

class Sm2Signer final : public ports::Signer, private Sm2Verifier {
public:
    explicit Sm2Signer(PKey key, std::string_view id = default_sm2_id) : Sm2Verifier{std::move(key), id} {}
    [[nodiscard]] ports::result<Bytes> sign(View message) const override;
    [[nodiscard]] bool verify(View message, View signature) const override {
        return Sm2Verifier::verify(message, signature);
    }
    using Sm2Verifier::public_pem;
};

}  // namespace hcp::gm
