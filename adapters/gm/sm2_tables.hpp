#pragma once
#include "plugin/ports/crypto.hpp"

#include <openssl/evp.h>

#include <array>
#include <memory>
#include <string>

namespace hcp::gm {

// Both points of one encryption, coordinates padded to 32 bytes. The second one is the secret that the key stream
// comes from: wiped when it goes.
struct Sm2Drawn {
    std::array<std::uint8_t, 64> c1, shared;  // k*G and k*P: x, y

    Sm2Drawn() = default;
    Sm2Drawn(const Sm2Drawn&) = default;
    Sm2Drawn& operator=(const Sm2Drawn&) = default;
    ~Sm2Drawn();
};

// The curve's part of encrypting to one public key P, several times faster than OpenSSL's because multiples of G and P
// are computed beforehand (plugin/decisions/0010-sm2-speed.md): 2 ms and 60 KB for each of the two, kept for the life
// of the process. The same key is not computed twice.
class Sm2Tables {
public:
    // bad_key: not a key on SM2's curve.
    [[nodiscard]] static ports::result<Sm2Tables> of(const EVP_PKEY& key);
    Sm2Tables(Sm2Tables&&) noexcept;
    Sm2Tables& operator=(Sm2Tables&&) noexcept;
    ~Sm2Tables();

    // By a k of OpenSSL's generator for secrets, from 1 to n-1, which nobody sees again. How long it takes says nothing
    // about k. Any thread.
    [[nodiscard]] ports::result<Sm2Drawn> draw() const;

private:
    struct Groups;
    explicit Sm2Tables(std::unique_ptr<const Groups> groups) noexcept;
    std::unique_ptr<const Groups> groups_;
};

// Name and version of the library that does it.
[[nodiscard]] std::string curve_library();

}  // namespace hcp::gm
