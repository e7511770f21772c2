#include "tests/contract/crypto/crypto_contract.hpp"
#include "tests/support/plain_crypto.hpp"

using namespace hcp;
using ports::as_bytes;
using ports::crypto_errc;

namespace {

class Ring final : public contract::CryptoRing {
public:
    explicit Ring(std::uint64_t seed) : ring_{seed} {}
    std::unique_ptr<ports::KeyedDigest> keyed_digest(std::string_view purpose) override {
        return std::make_unique<test::PlainKeyedDigest>(ring_.keyed_digest(purpose));
    }
    std::unique_ptr<ports::Sealer> sealer(std::string_view purpose) override {
        return std::make_unique<test::PlainSealer>(ring_.sealer(purpose));
    }
    std::unique_ptr<ports::SubjectVault> vault() override { return ring_.vault(); }
    std::unique_ptr<ports::Signer> signer() override { return std::make_unique<test::PlainSigner>(ring_.signer()); }

private:
    test::PlainRing ring_;
};

class Plain final : public contract::Crypto {
public:
    std::unique_ptr<ports::Digests> digests() override { return std::make_unique<test::PlainDigests>(); }
    std::unique_ptr<contract::CryptoRing> ring(std::uint8_t number) override { return std::make_unique<Ring>(number); }
};

}  // namespace

TEST_CASE("the stand-in for cryptography keeps the contract of cryptography", "[memory]") {
    for (const auto& clause : contract::crypto_clauses()) {
        DYNAMIC_SECTION(clause.says) {
            Plain crypto;
            clause.holds(crypto);
        }
    }
}

SCENARIO("the same seed and the same calls give the same bytes, another seed others", "[memory]") {
    const auto all_of = [](std::uint64_t seed) {
        const test::PlainRing ring{seed};
        const auto vault = ring.vault();
        const auto subject = vault->make().value();
        std::vector<ports::Bytes> all{subject.wrapped, subject.key->seal(as_bytes("text"), as_bytes("row")).value(),
                                      ring.sealer("records").seal(as_bytes("text"), as_bytes("row")).value(),
                                      ring.signer().sign(as_bytes("text")).value()};
        for (const auto& digest :
             {subject.key->digest({as_bytes("text")}), ring.keyed_digest("link").of({as_bytes("text")})})
            all.emplace_back(digest.begin(), digest.end());
        return all;
    };
    const auto once = all_of(1), again = all_of(1), other = all_of(2);
    CHECK(once == again);
    for (std::size_t i = 0; i < once.size(); ++i) CHECK(once[i] != other[i]);
}

SCENARIO("a data key that is lost does not unwrap any more, and no other is lost with it", "[memory]") {
    const auto vault = test::PlainRing{}.vault();
    const auto one = vault->make().value(), other = vault->make().value();
    vault->lose(one.wrapped);
    CHECK(vault->unwrap(one.wrapped).error() == crypto_errc::unknown_key);
    CHECK(vault->unwrap(other.wrapped).has_value());
}
