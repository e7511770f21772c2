#include "integration/province_sim/sm2.hpp"

#include <openssl/evp.h>
#include <openssl/obj_mac.h>

#include <algorithm>
#include <cstdint>
#include <stdexcept>

namespace province_sim {
namespace {

using Context = std::unique_ptr<BN_CTX, Free>;

constexpr std::size_t coordinate_bytes = 32;
constexpr std::size_t digest_bytes = 32;

template <class T>
T* made(T* p) {
    if (p == nullptr) throw std::bad_alloc{};
    return p;
}

void must(int outcome) {
    if (outcome != 1) throw std::runtime_error{"OpenSSL refused an operation on the SM2 curve"};
}

const unsigned char* octets(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

Group sm2_group() {
    return Group{made(EC_GROUP_new_by_curve_name(NID_sm2))};
}

std::string sm3(std::initializer_list<std::string_view> parts) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{made(EVP_MD_CTX_new()), EVP_MD_CTX_free};
    must(EVP_DigestInit_ex(context.get(), EVP_sm3(), nullptr));
    for (const auto part : parts) must(EVP_DigestUpdate(context.get(), part.data(), part.size()));
    std::string digest(digest_bytes, '\0');
    must(EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(digest.data()), nullptr));
    return digest;
}

std::string key_stream(std::string_view x2, std::string_view y2, std::size_t length) {
    std::string stream;
    for (std::uint32_t counter = 1; stream.size() < length; ++counter) {
        std::string big_endian;
        for (unsigned shift = 32; shift > 0; shift -= 8)
            big_endian += static_cast<char>(counter >> (shift - 8U) & 255U);
        stream += sm3({x2, y2, big_endian});
    }
    stream.resize(length);
    return stream;
}

bool all_zero(std::string_view octets) {
    return octets.find_first_not_of('\0') == std::string_view::npos;
}

std::string exclusive_or(std::string_view a, std::string_view b) {
    std::string out{a};
    std::transform(a.begin(), a.end(), b.begin(), out.begin(), [](char l, char r) { return static_cast<char>(l ^ r); });
    return out;
}

struct Affine {
    std::string x, y;  // 32 octets each, left-padded
};

std::string padded(const BIGNUM* number) {
    std::string out(coordinate_bytes, '\0');
    if (BN_bn2binpad(number, reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(out.size())) < 0)
        throw std::runtime_error{"number longer than a coordinate"};
    return out;
}

Affine affine(const EC_GROUP* group, const EC_POINT* point, BN_CTX* context) {
    const Number x{made(BN_new())};
    const Number y{made(BN_new())};
    must(EC_POINT_get_affine_coordinates(group, point, x.get(), y.get(), context));
    return {padded(x.get()), padded(y.get())};
}

// nullptr unless (x, y) lies on the curve; a coordinate at or above p is refused by OpenSSL as well.
Point point_of(const EC_GROUP* group, const Affine& at, BN_CTX* context) {
    const Number x{made(BN_bin2bn(octets(at.x), static_cast<int>(at.x.size()), nullptr))};
    const Number y{made(BN_bin2bn(octets(at.y), static_cast<int>(at.y.size()), nullptr))};
    Point point{made(EC_POINT_new(group))};
    if (EC_POINT_set_affine_coordinates(group, point.get(), x.get(), y.get(), context) != 1) return nullptr;
    return point;
}

struct Parts {
    Affine c1;
    std::string c2, c3;
};

// Reads one DER element with the given tag off the front; nullopt unless its length is definite and minimal.
std::optional<std::string_view> take_der(std::string_view& in, unsigned char tag) {
    if (in.size() < 2 || static_cast<unsigned char>(in[0]) != tag) return std::nullopt;
    std::size_t length = static_cast<unsigned char>(in[1]);
    std::size_t header = 2;
    if (length >= 0x80U) {
        const std::size_t count = length & 0x7FU;
        if (count == 0 || count > 4 || in.size() < 2 + count) return std::nullopt;
        length = 0;
        for (std::size_t i = 0; i < count; ++i) length = length << 8U | static_cast<unsigned char>(in[2 + i]);
        if (length < 0x80U || length >> (8U * (count - 1)) == 0) return std::nullopt;
        header += count;
    }
    if (in.size() - header < length) return std::nullopt;
    const auto content = in.substr(header, length);
    in.remove_prefix(header + length);
    return content;
}

std::optional<std::string> take_coordinate(std::string_view& in) {
    auto content = take_der(in, 0x02);
    if (!content || content->empty() || (static_cast<unsigned char>(content->front()) & 0x80U) != 0)
        return std::nullopt;
    if (content->size() > 1 && content->front() == '\0') {
        if ((static_cast<unsigned char>((*content)[1]) & 0x80U) == 0) return std::nullopt;
        content->remove_prefix(1);
    }
    if (content->size() > coordinate_bytes) return std::nullopt;
    return std::string(coordinate_bytes - content->size(), '\0').append(*content);
}

std::optional<Parts> split_der(std::string_view in) {
    auto body = take_der(in, 0x30);
    if (!body || !in.empty()) return std::nullopt;
    const auto x = take_coordinate(*body);
    const auto y = x ? take_coordinate(*body) : std::nullopt;
    const auto c3 = y ? take_der(*body, 0x04) : std::nullopt;
    const auto c2 = c3 ? take_der(*body, 0x04) : std::nullopt;
    if (!c2 || !body->empty() || c3->size() != digest_bytes) return std::nullopt;
    return Parts{{*x, *y}, std::string{*c2}, std::string{*c3}};
}

std::optional<Parts> split(std::string_view in, const Sm2Format& format) {
    if (format.order == Order::der) return split_der(in);
    if (format.prefix04) {
        if (in.empty() || in.front() != '\x04') return std::nullopt;
        in.remove_prefix(1);
    }
    if (in.size() <= 2 * coordinate_bytes + digest_bytes) return std::nullopt;
    Affine c1{std::string{in.substr(0, coordinate_bytes)}, std::string{in.substr(coordinate_bytes, coordinate_bytes)}};
    in.remove_prefix(2 * coordinate_bytes);
    if (format.order == Order::c1c3c2)
        return Parts{std::move(c1), std::string{in.substr(digest_bytes)}, std::string{in.substr(0, digest_bytes)}};
    return Parts{std::move(c1), std::string{in.substr(0, in.size() - digest_bytes)},
                 std::string{in.substr(in.size() - digest_bytes)}};
}

std::string der(unsigned char tag, std::string_view content) {
    std::string length;
    for (auto rest = content.size(); rest > 0; rest >>= 8U) length.insert(0, 1, static_cast<char>(rest & 255U));
    std::string out(1, static_cast<char>(tag));
    if (content.size() >= 0x80U) out += static_cast<char>(0x80U | length.size());
    if (content.empty()) length.assign(1, '\0');
    return out.append(length).append(content);
}

std::string der_integer(std::string_view coordinate) {
    coordinate.remove_prefix(std::min(coordinate.find_first_not_of('\0'), coordinate.size() - 1));
    std::string content{coordinate};
    if ((static_cast<unsigned char>(content.front()) & 0x80U) != 0) content.insert(0, 1, '\0');
    return der(0x02, content);
}

std::string join(const Parts& parts, const Sm2Format& format) {
    if (format.order == Order::der)
        return der(0x30, der_integer(parts.c1.x) + der_integer(parts.c1.y) + der(0x04, parts.c3) + der(0x04, parts.c2));
    const std::string c1 = (format.prefix04 ? "\x04" : "") + parts.c1.x + parts.c1.y;
    return format.order == Order::c1c3c2 ? c1 + parts.c3 + parts.c2 : c1 + parts.c2 + parts.c3;
}

Number number_of(std::string_view hex) {
    auto bytes = decode(hex, Encoding::lower_hex);
    if (!bytes) bytes = decode(hex, Encoding::upper_hex);
    if (!bytes || bytes->size() != coordinate_bytes)
        throw std::invalid_argument{"an SM2 private key is 64 hexadecimal digits"};
    return Number{made(BN_bin2bn(octets(*bytes), static_cast<int>(bytes->size()), nullptr))};
}

Number random_scalar(const EC_GROUP* group) {
    const Number limit{made(BN_dup(EC_GROUP_get0_order(group)))};
    must(BN_sub_word(limit.get(), 2));
    Number k{made(BN_new())};
    must(BN_priv_rand_range(k.get(), limit.get()));
    must(BN_add_word(k.get(), 1));  // [1, n-2]
    return k;
}

}  // namespace

KeyPair generate_key_pair() {
    const auto group = sm2_group();
    const Context context{made(BN_CTX_new())};
    const auto d = random_scalar(group.get());
    const Point q{made(EC_POINT_new(group.get()))};
    must(EC_POINT_mul(group.get(), q.get(), d.get(), nullptr, nullptr, context.get()));
    const auto at = affine(group.get(), q.get(), context.get());
    return {encode(padded(d.get()), Encoding::lower_hex), "04" + encode(at.x + at.y, Encoding::lower_hex)};
}

Sm2Decryptor::Sm2Decryptor(std::string_view private_hex) : group_{sm2_group()}, private_{number_of(private_hex)} {
    const Number limit{made(BN_dup(EC_GROUP_get0_order(group_.get())))};
    must(BN_sub_word(limit.get(), 1));
    if (BN_is_zero(private_.get()) || BN_cmp(private_.get(), limit.get()) >= 0)
        throw std::invalid_argument{"the SM2 private key is outside [1, n-2]"};
}

std::optional<std::string> Sm2Decryptor::decrypt(std::string_view text, const Sm2Format& format) const {
    const auto bytes = decode(text, format.encoding);
    const auto parts = bytes ? split(*bytes, format) : std::nullopt;
    if (!parts || parts->c2.empty()) return std::nullopt;

    const Context context{made(BN_CTX_new())};
    const auto c1 = point_of(group_.get(), parts->c1, context.get());
    if (!c1) return std::nullopt;
    const Point shared{made(EC_POINT_new(group_.get()))};
    must(EC_POINT_mul(group_.get(), shared.get(), nullptr, c1.get(), private_.get(), context.get()));
    const auto at = affine(group_.get(), shared.get(), context.get());

    const auto stream = key_stream(at.x, at.y, parts->c2.size());
    if (all_zero(stream)) return std::nullopt;
    auto plain = exclusive_or(parts->c2, stream);
    if (sm3({at.x, plain, at.y}) != parts->c3) return std::nullopt;
    return plain;
}

Sm2Encryptor::Sm2Encryptor(std::string_view public_hex) : group_{sm2_group()} {
    if (public_hex.size() == 130 && public_hex.starts_with("04")) public_hex.remove_prefix(2);
    auto bytes = decode(public_hex, Encoding::lower_hex);
    if (!bytes) bytes = decode(public_hex, Encoding::upper_hex);
    if (!bytes || bytes->size() != 2 * coordinate_bytes)
        throw std::invalid_argument{"an SM2 public key is 128 hexadecimal digits, with or without 04 before them"};
    const Context context{made(BN_CTX_new())};
    public_ =
        point_of(group_.get(), {bytes->substr(0, coordinate_bytes), bytes->substr(coordinate_bytes)}, context.get());
    if (!public_) throw std::invalid_argument{"the SM2 public key is not a point of the curve"};
}

std::string Sm2Encryptor::encrypt(std::string_view plain, const Sm2Format& format) const {
    if (plain.empty()) throw std::invalid_argument{"SM2 cannot encrypt an empty text"};
    const Context context{made(BN_CTX_new())};
    const Point c1{made(EC_POINT_new(group_.get()))};
    const Point shared{made(EC_POINT_new(group_.get()))};
    for (;;) {
        const auto k = random_scalar(group_.get());
        must(EC_POINT_mul(group_.get(), c1.get(), k.get(), nullptr, nullptr, context.get()));
        must(EC_POINT_mul(group_.get(), shared.get(), nullptr, public_.get(), k.get(), context.get()));
        const auto at = affine(group_.get(), shared.get(), context.get());
        const auto stream = key_stream(at.x, at.y, plain.size());
        if (all_zero(stream)) continue;
        const Parts parts{affine(group_.get(), c1.get(), context.get()), exclusive_or(plain, stream),
                          sm3({at.x, plain, at.y})};
        return encode(join(parts, format), format.encoding);
    }
}

}  // namespace province_sim
