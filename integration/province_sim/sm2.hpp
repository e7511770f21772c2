// SM2 public-key encryption (GB/T 32918.4) written on curve arithmetic alone, so that it can disagree with the
// implementation it is there to judge. All objects may be used by several threads at once.
#pragma once
#include "integration/province_sim/encoding.hpp"

#include <openssl/bn.h>
#include <openssl/ec.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace province_sim {

enum class Order { c1c3c2, c1c2c3, der };

struct Sm2Format {
    Order order = Order::c1c3c2;
    Encoding encoding = Encoding::lower_hex;
    bool prefix04 = true;  // C1 starts with the octet 04; DER has no such prefix
};

struct Free {
    void operator()(EC_GROUP* p) const noexcept { EC_GROUP_free(p); }
    void operator()(EC_POINT* p) const noexcept { EC_POINT_free(p); }
    void operator()(BIGNUM* p) const noexcept { BN_clear_free(p); }
    void operator()(BN_CTX* p) const noexcept { BN_CTX_free(p); }
};
using Group = std::unique_ptr<EC_GROUP, Free>;
using Point = std::unique_ptr<EC_POINT, Free>;
using Number = std::unique_ptr<BIGNUM, Free>;

struct KeyPair {
    std::string private_hex;  // 64 digits
    std::string public_hex;   // 04 and 128 digits
};
KeyPair generate_key_pair();

class Sm2Decryptor {
public:
    // Throws std::invalid_argument unless `private_hex` is a number in [1, n-2].
    explicit Sm2Decryptor(std::string_view private_hex);

    // nullopt for whatever is not a ciphertext for this key in exactly this format.
    [[nodiscard]] std::optional<std::string> decrypt(std::string_view text, const Sm2Format& format) const;

private:
    Group group_;
    Number private_;
};

class Sm2Encryptor {
public:
    // 128 hexadecimal digits, with or without a leading 04. Throws std::invalid_argument unless it is on the curve.
    explicit Sm2Encryptor(std::string_view public_hex);

    [[nodiscard]] std::string encrypt(std::string_view plain, const Sm2Format& format) const;

private:
    Group group_;
    Point public_;
};

}  // namespace province_sim
