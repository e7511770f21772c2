#pragma once
#include "plugin/ports/crypto.hpp"

#include <string>
#include <string_view>

namespace hcp::gm {

using ports::Bytes;
using ports::Secret;
using ports::View;

[[nodiscard]] std::string hex_upper(View bytes);
// Either case; anything else, white space included, is malformed.
[[nodiscard]] ports::result<Bytes> unhex(std::string_view text);
[[nodiscard]] ports::result<Secret> unhex_secret(std::string_view text);

// With padding, without line breaks.
[[nodiscard]] std::string base64(View bytes);
// Line breaks and blanks are passed over, since some encoders put them in; anything else that is not canonical is
// malformed.
[[nodiscard]] ports::result<Bytes> unbase64(std::string_view text);

[[nodiscard]] ports::result<Bytes> random_bytes(std::size_t count);
// For keys: from the generator OpenSSL keeps apart for what must stay secret.
[[nodiscard]] ports::result<Secret> random_secret(std::size_t count);

}  // namespace hcp::gm
