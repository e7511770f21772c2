#include "adapters/gm/sm2_signature.hpp"

#include "tests/gm/support.hpp"

#include <catch2/catch.hpp>

using namespace hcp;
using namespace hcp::gm;
using ports::as_bytes;

namespace {

Sm2Signer new_signer(std::string_view id = default_sm2_id) {
    const auto pem = new_sm2_private_pem().value();
    return Sm2Signer{sm2_private_from_pem(ports::as_text(pem.view())).value(), id};
}

}  // namespace

SCENARIO("the standard's own signature verifies", "[gm][sm2]") {
    // GB/T 32918.5, annex A.
    const Sm2Verifier verifier{sm2_public_from_hex("0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
                                                   "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13")
                                   .value()};
    const auto signature = test::from_hex(
        "3046022100F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
        "022100B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA");
    CHECK(verifier.verify(as_bytes("message digest"), signature));
    CHECK_FALSE(verifier.verify(as_bytes("message digesT"), signature));
}

SCENARIO("a signature holds for its message, key and identity only", "[gm][sm2]") {
    const auto signer = new_signer();
    const auto message = as_bytes("lane 3, sequence 41, head");
    const auto signature = signer.sign(message).value();
    CHECK(signer.verify(message, signature));
    CHECK_FALSE(signer.verify(as_bytes("lane 3, sequence 42, head"), signature));
    CHECK_FALSE(new_signer().verify(message, signature));
    CHECK_FALSE(signer.verify(message, {}));
    CHECK_FALSE(signer.verify({}, signature));
    for (std::size_t i = 0; i < signature.size(); ++i) {
        auto changed = signature;
        changed[i] ^= 1;
        INFO("byte " << i);
        REQUIRE_FALSE(signer.verify(message, changed));
    }
    CHECK(signer.sign(message).value() != signature);
    CHECK(ERR_peek_error() == 0);
}

SCENARIO("whoever has the public key alone verifies", "[gm][sm2]") {
    const auto signer = new_signer();
    const auto signature = signer.sign(as_bytes("head")).value();
    const Sm2Verifier auditor{sm2_public_from_pem(signer.public_pem()).value()};
    CHECK(auditor.verify(as_bytes("head"), signature));
    const Sm2Verifier otherwise{sm2_public_from_pem(signer.public_pem()).value(), "other-identity"};
    CHECK_FALSE(otherwise.verify(as_bytes("head"), signature));
}

SCENARIO("an empty message and a long one can be signed", "[gm][sm2]") {
    const auto signer = new_signer("trading-centre");
    for (const std::size_t size : {0u, 1u, 100'000u}) {
        const auto message = test::pattern(size);
        CHECK(signer.verify(message, signer.sign(message).value()));
    }
}
