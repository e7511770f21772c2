#include "adapters/gm/keyring.hpp"
#include "adapters/gm/sm2_signature.hpp"
#include "tests/contract/crypto/crypto_contract.hpp"
#include "tests/gm/support.hpp"

using namespace hcp;
using namespace hcp::gm;

namespace {

class Ring final : public contract::CryptoRing {
public:
    Ring(std::uint8_t number, Cipher cipher) : ring_{Keyring::of(test::master(number)).value()}, cipher_{cipher} {}
    std::unique_ptr<ports::KeyedDigest> keyed_digest(std::string_view purpose) override {
        return ring_.keyed_digest(purpose);
    }
    std::unique_ptr<ports::Sealer> sealer(std::string_view purpose) override { return ring_.sealer(purpose, cipher_); }
    std::unique_ptr<ports::SubjectVault> vault() override { return ring_.vault(cipher_); }
    // Its key is drawn, not derived.
    std::unique_ptr<ports::Signer> signer() override {
        const auto pem = new_sm2_private_pem().value();
        return std::make_unique<Sm2Signer>(sm2_private_from_pem(ports::as_text(pem.view())).value());
    }

private:
    Keyring ring_;
    Cipher cipher_;
};

class Gm final : public contract::Crypto {
public:
    explicit Gm(Cipher cipher) : cipher_{cipher} {}
    std::unique_ptr<ports::Digests> digests() override { return std::make_unique<Sm3>(); }
    std::unique_ptr<contract::CryptoRing> ring(std::uint8_t number) override {
        return std::make_unique<Ring>(number, cipher_);
    }

private:
    Cipher cipher_;
};

}  // namespace

TEST_CASE("gm keeps the contract of cryptography, with either cipher", "[gm]") {
    const auto cipher = GENERATE(Cipher::sm4_ctr_hmac_sm3, Cipher::aes_256_gcm);
    for (const auto& clause : contract::crypto_clauses()) {
        DYNAMIC_SECTION(clause.says) {
            Gm crypto{cipher};
            clause.holds(crypto);
        }
    }
}
