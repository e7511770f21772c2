#pragma once
#include "adapters/gm/openssl.hpp"
#include "plugin/ports/crypto.hpp"

#include <string>
#include <string_view>

// Every failure here is crypto_errc::bad_key, but for OpenSSL's own: unavailable.
namespace hcp::gm {

// X and Y as 128 hexadecimal digits, or 130 with the 04 in front. The point must be on the curve.
[[nodiscard]] ports::result<PKey> sm2_public_from_hex(std::string_view text);
// 64 hexadecimal digits, 1 … n-2. The public half is computed.
[[nodiscard]] ports::result<PKey> sm2_private_from_hex(std::string_view text);
[[nodiscard]] ports::result<PKey> sm2_public_from_pem(std::string_view text);
[[nodiscard]] ports::result<PKey> sm2_private_from_pem(std::string_view text);

// Of either form, as a file holds them: PEM where a line says BEGIN, whatever text stands before it, hexadecimal
// otherwise. A byte order mark and blanks around do no harm.
[[nodiscard]] ports::result<PKey> sm2_public_from_text(std::string_view text);
[[nodiscard]] ports::result<PKey> sm2_private_from_text(std::string_view text);

[[nodiscard]] std::string sm2_public_hex(const EVP_PKEY& key);  // 130 digits
[[nodiscard]] std::string sm2_public_pem(const EVP_PKEY& key);

// A new private key as the text of its file: PKCS#8 in PEM for anchors, hexadecimal for the province.
[[nodiscard]] ports::result<ports::Secret> new_sm2_private_pem();
[[nodiscard]] ports::result<ports::Secret> new_sm2_private_hex();

}  // namespace hcp::gm
