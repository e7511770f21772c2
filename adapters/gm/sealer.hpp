#pragma once
#include "adapters/gm/digest.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/settings.hpp"

#include <memory>
#include <optional>
#include <vector>

// Sealed bytes:
//   u8 version = 1 | u8 cipher | key id, 8 | nonce | ciphertext | tag
//   cipher 1, sm4-ctr-hmac-sm3: nonce 16 = the first counter block; tag 32 = HMAC-SM3 of
//     u64 big-endian size of associated | associated | everything before the tag   (encrypt, then MAC)
//   cipher 2, aes-256-gcm: nonce 12; tag 16; GCM's additional data = version | cipher | key id | associated
// Nonces are random. With GCM that is sound for 2^32 seals under one key; with 128-bit counter blocks for any number.
namespace hcp::gm {

using ports::Bytes;
using ports::Cipher;
using ports::KeyId;
using ports::Secret;

// First bytes of SM3("hcp key id" ‖ key): names the key, tells nothing about it.
[[nodiscard]] KeyId key_id_of(View key);
// HMAC-SM3(key, "hcp/1/" ‖ label): keys for different purposes that tell nothing about each other.
[[nodiscard]] Secret derive(const HmacSm3& key, std::string_view label);

// One named key with what either cipher needs of it.
class SealKey {
public:
    SealKey(KeyId id, const HmacSm3& root);

    [[nodiscard]] const KeyId& id() const noexcept { return id_; }
    [[nodiscard]] ports::result<Bytes> seal(Cipher, View plain, View associated) const;
    [[nodiscard]] ports::result<Bytes> open(View sealed, View associated) const;

private:
    KeyId id_;
    Secret sm4_, aes_;
    HmacSm3 mac_;
};

// What a seal says of itself; nothing unless it begins as one.
[[nodiscard]] std::optional<KeyId> key_id_in(View sealed);

// Seals under the first key with the given cipher; opens what any of the keys sealed with either.
class RingSealer final : public ports::Sealer {
public:
    RingSealer(std::vector<SealKey> keys, Cipher cipher);
    [[nodiscard]] ports::result<Bytes> seal(View plain, View associated) const override;
    [[nodiscard]] ports::result<Bytes> open(View sealed, View associated) const override;

private:
    std::vector<SealKey> keys_;
    Cipher cipher_;
};

}  // namespace hcp::gm
