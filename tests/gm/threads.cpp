#include "adapters/gm/keyring.hpp"
#include "adapters/gm/sm2_cipher.hpp"
#include "adapters/gm/sm2_signature.hpp"
#include "tests/gm/support.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <thread>
#include <vector>

using namespace hcp;
using namespace hcp::gm;
using ports::as_bytes;

namespace {

// Runs `work(thread, round)` on eight threads at once and counts how often it was false or threw.
template <class Work>
int failures(int rounds, const Work& work) {
    std::atomic<int> failed{0};
    std::atomic<bool> go{false};
    std::vector<std::thread> threads;
    for (unsigned thread = 0; thread < 8; ++thread)
        threads.emplace_back([&, thread] {
            while (!go) std::this_thread::yield();
            for (int round = 0; round < rounds; ++round) try {
                    if (!work(thread, static_cast<unsigned>(round))) ++failed;
                } catch (const std::exception&) {
                    ++failed;
                }
        });
    go = true;
    for (auto& thread : threads) thread.join();
    return failed;
}

}  // namespace

SCENARIO("eight threads share one of each, and none disturbs another", "[gm][threads]") {
    const auto ring = Keyring::of(test::master(1)).value();

    WHEN("they digest") {
        const Sm3 sm3;
        const auto keyed = ring.keyed_digest("lookup");
        std::vector<Digest> plain_expected, keyed_expected;
        for (unsigned thread = 0; thread < 8; ++thread) {
            plain_expected.push_back(sm3.sm3({test::pattern(100, thread)}));
            keyed_expected.push_back(keyed->of({test::pattern(100, thread)}));
        }
        CHECK(failures(500, [&](unsigned thread, unsigned) {
                  const auto text = test::pattern(100, thread);
                  return sm3.sm3({text}) == plain_expected[thread] && keyed->of({text}) == keyed_expected[thread];
              }) == 0);
    }
    WHEN("they seal and open, under a common key and under subjects' keys") {
        const auto sm4 = ring.sealer("seal", Cipher::sm4_ctr_hmac_sm3);
        const auto aes = ring.sealer("seal", Cipher::aes_256_gcm);
        const auto vault = ring.vault(Cipher::sm4_ctr_hmac_sm3);
        const auto shared = vault->make().value();
        CHECK(failures(100, [&](unsigned thread, unsigned round) {
                  const auto text = test::pattern(300 + round, thread);
                  const ports::Sealer& sealer = round % 2 == 0 ? *sm4 : *aes;
                  const auto own = vault->unwrap(shared.wrapped).value();
                  return sm4->open(sealer.seal(text, as_bytes("a")).value(), as_bytes("a")).value() == text &&
                         own->open(shared.key->seal(text, {}).value(), {}).value() == text;
              }) == 0);
    }
    WHEN("they encrypt and sign with SM2") {
        const auto pem = new_sm2_private_pem().value();
        const auto own = sm2_private_from_pem(ports::as_text(pem.view())).value();
        const auto cipher = test::cipher_of({}, sm2_public_hex(*own), ports::as_text(pem.view())).value();
        const Sm2Signer signer{sm2_private_from_pem(ports::as_text(pem.view())).value()};
        CHECK(failures(10, [&](unsigned thread, unsigned round) {
                  const auto text = test::pattern(100 + round, thread);
                  return cipher.decrypt(cipher.encrypt(text).value()).value() == text &&
                         signer.verify(text, signer.sign(text).value());
              }) == 0);
    }
}
