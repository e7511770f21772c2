#pragma once
#include "adapters/gm/sm2_key.hpp"
#include "adapters/gm/sm2_tables.hpp"
#include "adapters/gm/sm2_wire.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace hcp::gm {

// SM2 public-key encryption of whole records. encrypt() takes texts of 1 byte to 64 KiB, more than any record;
// decrypt() ciphertexts of up to 32 MiB before their encoding, since a subject's services arrive in one piece, however
// many they are. Anything larger is malformed. Deciphering holds five times as much as its text beside the argument.
class Sm2Cipher final : public ports::RecordCipher {
public:
    // `to` is the other side's public key: its tables are made here. Without a private key of our own decrypt() answers
    // bad_key.
    Sm2Cipher(Sm2Format format, PKey to, PKey own) : format_{format}, to_{Sm2Tables::of(*to)}, own_{std::move(own)} {}

    [[nodiscard]] ports::result<std::string> encrypt(View plain) const override;
    [[nodiscard]] ports::result<Bytes> decrypt(std::string_view cipher) const override;

private:
    Sm2Format format_;
    ports::result<Sm2Tables> to_;
    PKey own_;
};

}  // namespace hcp::gm
