#pragma once
#include "adapters/gm/encoding.hpp"
#include "adapters/gm/keyring.hpp"
#include "adapters/gm/sm2_cipher.hpp"
#include "tests/support/temp_directory.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace hcp::test {

using gm::Bytes;
using gm::Secret;

inline Bytes bytes_of(std::string_view text) {
    const auto view = ports::as_bytes(text);
    return {view.begin(), view.end()};
}
inline Bytes from_hex(std::string_view text) {
    return gm::unhex(text).value();
}

// Not random, so that a failure can be repeated; never two of the same size and seed alike.
inline Bytes pattern(std::size_t size, unsigned seed = 1) {
    Bytes out(size);
    std::uint32_t state = seed * 2654435761U + 1;
    for (auto& byte : out) {
        state = state * 1664525U + 1013904223U;
        byte = static_cast<std::uint8_t>(state >> 24);
    }
    return out;
}

inline Secret master(unsigned seed) {
    return Secret{pattern(32, seed)};
}

inline bool is(const boost::system::error_code& error, ports::crypto_errc expected) {
    return error == expected;
}

// Of keys as the texts of their files.
inline ports::result<gm::Sm2Cipher> cipher_of(gm::Sm2Format format, std::string_view platform_public,
                                              std::optional<std::string_view> own_private) {
    HCP_TRY(auto to, gm::sm2_public_from_text(platform_public));
    gm::PKey own;
    if (own_private) {
        HCP_TRY(own, gm::sm2_private_from_text(*own_private));
    }
    return gm::Sm2Cipher{format, std::move(to), std::move(own)};
}

// A directory with key files in it.
class KeyFolder : public TempDirectory {
public:
    std::filesystem::path write(std::string_view name, std::string_view content, unsigned mode = 0600) const {
        auto file = path() / name;
        std::ofstream{file} << content;
        std::filesystem::permissions(file, static_cast<std::filesystem::perms>(mode));
        return file;
    }
};

}  // namespace hcp::test
