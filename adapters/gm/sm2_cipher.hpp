#pragma once
#include "adapters/gm/sm2_key.hpp"
#include "adapters/gm/sm2_wire.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace hcp::gm {

// SM2 public-key encryption of whole records: 1 byte to 64 KiB, else malformed.
class Sm2Cipher final : public ports::RecordCipher {
public:
    // `to` is the other side's public key. Without a private key of our own decrypt() answers bad_key.
    Sm2Cipher(Sm2Format format, PKey to, PKey own) : format_{format}, to_{std::move(to)}, own_{std::move(own)} {}

    [[nodiscard]] ports::result<std::string> encrypt(View plain) const override;
    [[nodiscard]] ports::result<Bytes> decrypt(std::string_view cipher) const override;

private:
    Sm2Format format_;
    PKey to_, own_;
};

}  // namespace hcp::gm
