#include "tests/support/plain_crypto.hpp"

#include <algorithm>
#include <array>

namespace hcp::test {
namespace {

using domain::as_bytes;
using domain::put_integer;
using ports::crypto_errc;

// The last step of SplitMix64.
constexpr std::uint64_t stirred(std::uint64_t x) {
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9U;
    x = (x ^ x >> 27) * 0x94d049bb133111ebU;
    return x ^ x >> 31;
}
constexpr std::uint64_t golden = 0x9e3779b97f4a7c15U;

// Four lanes, each of which every byte goes through.
class Mixer {
public:
    Mixer& take(View bytes) {
        for (const auto byte : bytes)
            for (std::size_t i = 0; i < lanes_.size(); ++i) {
                lanes_[i] = (lanes_[i] ^ byte) * odd[i];
                lanes_[i] ^= lanes_[i] >> 32;
            }
        return *this;
    }
    [[nodiscard]] Digest digest() const {
        Digest out;
        std::uint64_t before = lanes_.back();
        for (std::size_t i = 0; i < lanes_.size(); ++i) {
            before = stirred(lanes_[i] ^ stirred(before + golden));
            for (std::size_t k = 0; k < 8; ++k) out[8 * i + k] = static_cast<std::uint8_t>(before >> 8 * k);
        }
        return out;
    }

private:
    static constexpr std::array<std::uint64_t, 4> odd{0x100000001b3U, 0xd1342543de82ef95U, 0xaf251af3b0f025b5U,
                                                      0xda942042e4dd58b5U};
    std::array<std::uint64_t, 4> lanes_{1, 2, 3, 4};
};

Digest mixed(std::initializer_list<View> parts) {
    Mixer mixer;
    for (const auto part : parts) mixer.take(part);
    return mixer.digest();
}

constexpr std::uint8_t mark = 0xd5;
constexpr std::size_t name_bytes = 8, number_bytes = 8, tag_bytes = std::tuple_size_v<Digest>;
constexpr std::size_t head_bytes = 1 + name_bytes;

// The same both ways.
void mask(std::span<std::uint8_t> text, const Digest& key) {
    View rest{key};
    std::uint64_t state = *domain::take_integer(rest, 8);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i % 8 == 0) state += golden;
        text[i] = static_cast<std::uint8_t>(text[i] ^ stirred(state) >> 8 * (i % 8));
    }
}

// The size of what is bound comes before it: no other split of the same bytes has the same tag.
Digest tag_of(const PlainKeyedDigest& key, View associated, View before_tag) {
    Bytes size;
    put_integer(size, associated.size(), 8);
    return key.of({size, associated, before_tag});
}

Digest part_of(const Digest& key, std::string_view purpose) {
    return PlainKeyedDigest{key}.of({as_bytes(purpose)});
}

View data_key_purpose() {
    return as_bytes("subject data key");
}

class PlainDataKey final : public ports::SubjectKey {
public:
    PlainDataKey(const Digest& key, Seals seals)
        : sealer_{key, part_of(key, "seal"), std::move(seals)}, digest_{part_of(key, "digest")} {}
    ports::result<Bytes> seal(View plain, View associated) const override { return sealer_.seal(plain, associated); }
    ports::result<Bytes> open(View sealed, View associated) const override { return sealer_.open(sealed, associated); }
    Digest digest(std::initializer_list<View> parts) const override { return digest_.of(parts); }

private:
    PlainSealer sealer_;
    PlainKeyedDigest digest_;
};

}  // namespace

Digest PlainDigests::sm3(std::initializer_list<View> parts) const {
    return mixed(parts);
}

Digest PlainKeyedDigest::of(std::initializer_list<View> parts) const {
    Mixer mixer;
    mixer.take(key_);
    for (const auto part : parts) mixer.take(part);
    return mixed({View{key_}, View{mixer.digest()}});
}

PlainSealer::PlainSealer(const Digest& ring, const Digest& key, Seals seals)
    : head_{mark}, stream_{part_of(key, "stream")}, tag_{part_of(key, "tag")}, seals_{std::move(seals)} {
    const auto name = mixed({as_bytes("name"), View{ring}});
    head_.insert(head_.end(), name.begin(), name.begin() + name_bytes);
}

ports::result<Bytes> PlainSealer::seal(View plain, View associated) const {
    Bytes sealed = head_;
    put_integer(sealed, ++*seals_, number_bytes);
    const auto stream = stream_.of({View{sealed}});
    sealed.insert(sealed.end(), plain.begin(), plain.end());
    mask(std::span{sealed}.subspan(head_bytes + number_bytes), stream);
    const auto tag = tag_of(tag_, associated, sealed);
    sealed.insert(sealed.end(), tag.begin(), tag.end());
    return sealed;
}

ports::result<Bytes> PlainSealer::open(View sealed, View associated) const {
    if (sealed.size() < head_bytes || sealed[0] != mark) return crypto_errc::malformed;
    if (!std::ranges::equal(sealed.first(head_bytes), head_)) return crypto_errc::unknown_key;
    if (sealed.size() < head_bytes + number_bytes + tag_bytes) return crypto_errc::malformed;
    const auto before_tag = sealed.first(sealed.size() - tag_bytes);
    if (!std::ranges::equal(tag_of(tag_, associated, before_tag), sealed.last(tag_bytes)))
        return crypto_errc::unauthentic;
    const auto text = before_tag.subspan(head_bytes + number_bytes);
    Bytes plain{text.begin(), text.end()};
    mask(plain, stream_.of({before_tag.first(head_bytes + number_bytes)}));
    return plain;
}

PlainVault::PlainVault(const Digest& ring, const Digest& key, Seals seals)
    : wrapper_{ring, part_of(key, "wrap"), seals}, new_keys_{part_of(key, "new")}, seals_{std::move(seals)} {}

std::shared_ptr<const ports::SubjectKey> PlainVault::data_key(const Digest& key) const {
    return std::make_shared<const PlainDataKey>(key, seals_);
}

ports::result<PlainVault::New> PlainVault::make() const {
    Bytes number;
    put_integer(number, ++*seals_, number_bytes);
    const auto key = new_keys_.of({View{number}});
    HCP_TRY(auto wrapped, wrapper_.seal(key, data_key_purpose()));
    return New{data_key(key), std::move(wrapped)};
}

ports::result<std::shared_ptr<const ports::SubjectKey>> PlainVault::unwrap(View wrapped) const {
    {
        const run::Lock lock{mutex_};
        if (lost_.contains(Bytes{wrapped.begin(), wrapped.end()})) return crypto_errc::unknown_key;
    }
    HCP_TRY(const auto opened, wrapper_.open(wrapped, data_key_purpose()));
    Digest key;
    if (opened.size() != key.size()) return crypto_errc::malformed;
    std::ranges::copy(opened, key.begin());
    return data_key(key);
}

ports::result<Bytes> PlainVault::rewrap(View wrapped) const {
    HCP_TRY(const auto opened, wrapper_.open(wrapped, data_key_purpose()));
    return wrapper_.seal(opened, data_key_purpose());
}

void PlainVault::lose(View wrapped) {
    const run::Lock lock{mutex_};
    lost_.emplace(wrapped.begin(), wrapped.end());
}

ports::result<Bytes> PlainSigner::sign(View message) const {
    const auto digest = digest_.of({message});
    return Bytes{digest.begin(), digest.end()};
}

bool PlainSigner::verify(View message, View signature) const {
    return std::ranges::equal(digest_.of({message}), signature);
}

PlainRing::PlainRing(std::uint64_t seed) {
    Bytes bytes;
    put_integer(bytes, seed, 8);
    master_ = mixed({as_bytes("master"), View{bytes}});
}

Digest PlainRing::derived(std::string_view purpose) const {
    return part_of(master_, purpose);
}

PlainKeyedDigest PlainRing::keyed_digest(std::string_view purpose) const {
    return PlainKeyedDigest{derived(purpose)};
}

PlainSealer PlainRing::sealer(std::string_view purpose) const {
    return {master_, derived(purpose), seals_};
}

PlainSigner PlainRing::signer() const {
    return PlainSigner{derived("sign")};
}

std::unique_ptr<PlainVault> PlainRing::vault() const {
    return std::make_unique<PlainVault>(master_, derived("vault"), seals_);
}

}  // namespace hcp::test
