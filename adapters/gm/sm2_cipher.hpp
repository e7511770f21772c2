#pragma once
#include "adapters/gm/sm2_key.hpp"
#include "adapters/gm/sm2_wire.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace hcp::gm {

// SM2 public-key encryption of whole records: 1 byte to 64 KiB, else malformed.
class Sm2Cipher final : public ports::RecordCipher {
public:
    // `to` is the other side's public key. Without a private key of our own decrypt() answers bad_key.
    Sm2Cipher(Sm2Format format, PKey to, PKey own) : format_{format}, to_{std::move(to)}, own_{std::move(own)} {}
    // Keys as the text of their files: hexadecimal or PEM, blanks around them allowed.
    [[nodiscard]] static ports::result<Sm2Cipher> make(Sm2Format format, std::string_view platform_public,
                                                       std::optional<std::string_view> own_private);

    [[nodiscard]] ports::result<std::string> encrypt(View plain) const override;
    [[nodiscard]] ports::result<Bytes> decrypt(std::string_view cipher) const override;

private:
    Sm2Format format_;
    PKey to_, own_;
};

}  // namespace hcp::gm
