#include "tests/contract/crypto/crypto_contract.hpp"

#include <atomic>
#include <memory>
#include <set>
#include <string>
#include <thread>

namespace hcp::contract {
namespace {

using ports::as_bytes;
using ports::as_text;
using ports::Bytes;
using ports::crypto_errc;
using ports::Sealer;
using ports::View;

constexpr std::string_view text = "窗口等候太久，没有人答复";

Bytes bytes_of(std::string_view of) {
    const auto view = as_bytes(of);
    return {view.begin(), view.end()};
}
Bytes counting(std::size_t size) {
    Bytes out(size);
    for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>(i * 31 + i / 256);
    return out;
}
Bytes sealed_text(const Sealer& sealer, std::string_view associated) {
    return must(sealer.seal(as_bytes(text), as_bytes(associated)));
}

void a_digest_is_of_the_whole(Crypto& crypto) {
    const auto digests = crypto.digests();
    const auto whole = digests->sm3({as_bytes("abc")});
    CHECK(digests->sm3({as_bytes("a"), {}, as_bytes("bc")}) == whole);
    CHECK(digests->sm3({as_bytes("acb")}) != whole);
    CHECK(digests->sm3({}) != whole);
    const auto keyed = crypto.ring(1)->keyed_digest("link");
    CHECK(keyed->of({as_bytes("ab"), as_bytes("c")}) == keyed->of({as_bytes("abc")}));
    CHECK(keyed->of({as_bytes("abc")}) != whole);
}

void a_keyed_digest_is_its_keys(Crypto& crypto) {
    std::set<ports::Digest> seen;
    for (const auto* purpose : {"link", "lookup"})
        for (const std::uint8_t ring : {std::uint8_t{1}, std::uint8_t{2}})
            for (const auto* of : {"甲", "乙"})
                seen.insert(crypto.ring(ring)->keyed_digest(purpose)->of({as_bytes(of)}));
    CHECK(seen.size() == 8);
    CHECK(seen.contains(crypto.ring(1)->keyed_digest("link")->of({as_bytes("甲")})));
}

void what_is_sealed_opens_again(Crypto& crypto) {
    const auto sealer = crypto.ring(1)->sealer("records"), again = crypto.ring(1)->sealer("records");
    for (const std::size_t size : {0U, 1U, 7U, 8U, 9U, 31U, 32U, 33U, 500U, 70'000U}) {
        const auto plain = counting(size);
        const auto sealed = must(sealer->seal(plain, as_bytes("row 7")));
        CHECK(must(again->open(sealed, as_bytes("row 7"))) == plain);
        CHECK(must(sealer->seal(plain, as_bytes("row 7"))) != sealed);
    }
}

void what_is_sealed_is_not_read(Crypto& crypto) {
    const auto ring = crypto.ring(1);
    const std::shared_ptr<const Sealer> records = ring->sealer("records"), data_key = must(ring->vault()->make()).key;
    for (const auto& sealer : {records, data_key}) {
        const auto sealed = sealed_text(*sealer, "row 7");
        CHECK(as_text(sealed).find(text) == std::string_view::npos);
        CHECK(as_text(sealed).find(text.substr(0, 6)) == std::string_view::npos);  // two characters
        CHECK(as_text(sealed).find("row 7") == std::string_view::npos);
    }
}

void what_is_sealed_is_bound(Crypto& crypto) {
    const auto sealer = crypto.ring(1)->sealer("records");
    const auto sealed = sealed_text(*sealer, "row 7"), other = sealed_text(*sealer, "row 8");
    CHECK(sealer->open(sealed, as_bytes("row 7")).has_value());
    for (const auto* wrong : {"row 8", "row 7 ", "row", ""})
        CHECK(sealer->open(sealed, as_bytes(wrong)).error() == crypto_errc::unauthentic);
    // In each other's place.
    CHECK(sealer->open(other, as_bytes("row 7")).error() == crypto_errc::unauthentic);
    // What belongs to the text does not pass for what it is bound to.
    CHECK(sealer->open(sealed_text(*sealer, ""), as_bytes(text.substr(0, 3))).error() == crypto_errc::unauthentic);
}

void what_was_changed_does_not_open(Crypto& crypto) {
    const auto sealer = crypto.ring(1)->sealer("records");
    const auto sealed = sealed_text(*sealer, "row 7");
    const auto opens = [&](View bytes) { return sealer->open(bytes, as_bytes("row 7")).has_value(); };
    int opened = 0;
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        auto changed = sealed;
        changed[i] ^= 1;
        opened += opens(changed) ? 1 : 0;
        opened += opens(View{sealed}.first(i)) ? 1 : 0;
    }
    auto longer = sealed;
    longer.push_back(0);
    opened += opens(longer) ? 1 : 0;
    CHECK(opened == 0);
    auto last = sealed;
    last.back() ^= 1;
    CHECK(sealer->open(last, as_bytes("row 7")).error() == crypto_errc::unauthentic);
    for (const auto& no_seal : {Bytes{}, bytes_of("x"), bytes_of(text)})
        CHECK(sealer->open(no_seal, as_bytes("row 7")).error() == crypto_errc::malformed);
}

void another_key_opens_nothing(Crypto& crypto) {
    const auto ring = crypto.ring(1);
    const auto sealed = sealed_text(*ring->sealer("records"), "row 7");
    CHECK(ring->sealer("journal")->open(sealed, as_bytes("row 7")).error() == crypto_errc::unauthentic);
    CHECK(crypto.ring(2)->sealer("records")->open(sealed, as_bytes("row 7")).error() == crypto_errc::unknown_key);
}

void a_data_key_unwraps_to_itself(Crypto& crypto) {
    const auto fresh = must(crypto.ring(1)->vault()->make());
    const auto again = must(crypto.ring(1)->vault()->unwrap(fresh.wrapped));
    CHECK(must(again->open(sealed_text(*fresh.key, "row 7"), as_bytes("row 7"))) == bytes_of(text));
    CHECK(must(fresh.key->open(sealed_text(*again, "row 7"), as_bytes("row 7"))) == bytes_of(text));
    CHECK(sealed_text(*again, "row 7") != sealed_text(*fresh.key, "row 7"));
    CHECK(fresh.key->open(sealed_text(*again, "row 7"), as_bytes("row 8")).error() == crypto_errc::unauthentic);
    CHECK(again->digest({as_bytes(text)}) == fresh.key->digest({as_bytes(text)}));
}

void data_keys_know_nothing_of_each_other(Crypto& crypto) {
    const auto ring = crypto.ring(1);
    const auto vault = ring->vault();
    const auto one = must(vault->make()), other = must(vault->make());
    CHECK(one.wrapped != other.wrapped);
    CHECK(one.key->digest({as_bytes(text)}) != other.key->digest({as_bytes(text)}));
    CHECK(other.key->open(sealed_text(*one.key, ""), {}).error() == crypto_errc::unknown_key);
    CHECK(ring->sealer("records")->open(sealed_text(*one.key, ""), {}).error() == crypto_errc::unknown_key);
}

void what_is_no_wrapped_key_does_not_unwrap(Crypto& crypto) {
    const auto ring = crypto.ring(1);
    const auto vault = ring->vault();
    const auto wrapped = must(vault->make()).wrapped;
    auto changed = wrapped;
    changed.back() ^= 1;
    CHECK(vault->unwrap(changed).error() == crypto_errc::unauthentic);
    CHECK(vault->unwrap({}).error() == crypto_errc::malformed);
    CHECK(vault->unwrap(bytes_of(text)).error() == crypto_errc::malformed);
    CHECK(vault->unwrap(sealed_text(*ring->sealer("records"), "")).error() == crypto_errc::unauthentic);
    CHECK(crypto.ring(2)->vault()->unwrap(wrapped).error() == crypto_errc::unknown_key);
    CHECK(vault->unwrap(wrapped).has_value());
}

void a_signature_is_of_one_message_and_key(Crypto& crypto) {
    const auto signer = crypto.ring(1)->signer(), other = crypto.ring(2)->signer();
    const auto signature = must(signer->sign(as_bytes(text)));
    CHECK(signer->verify(as_bytes(text), signature));
    CHECK_FALSE(signer->verify(as_bytes(text.substr(3)), signature));
    CHECK_FALSE(other->verify(as_bytes(text), signature));
    auto changed = signature;
    changed.back() ^= 1;
    CHECK_FALSE(signer->verify(as_bytes(text), changed));
    CHECK_FALSE(signer->verify(as_bytes(text), View{signature}.first(signature.size() - 1)));
    CHECK_FALSE(signer->verify(as_bytes(text), {}));
}

void any_number_of_threads(Crypto& crypto) {
    const auto ring = crypto.ring(1);
    const auto sealer = ring->sealer("records");
    const auto vault = ring->vault();
    const auto keyed = ring->keyed_digest("link");
    const auto shared = must(vault->make());
    const auto expected = keyed->of({as_bytes(text)});
    std::atomic<int> failed = 0;
    std::vector<std::thread> threads;
    threads.reserve(8);
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 50; ++i) {
                const auto sealed = sealer->seal(as_bytes(text), {});
                const auto key = vault->unwrap(shared.wrapped);
                const auto own = vault->make();
                const auto opened = sealed ? sealer->open(*sealed, {}) : sealed;
                if (!opened || *opened != bytes_of(text) || !key || !own || keyed->of({as_bytes(text)}) != expected)
                    ++failed;
            }
        });
    for (auto& thread : threads) thread.join();
    CHECK(failed == 0);
}

}  // namespace

std::vector<CryptoClause> crypto_clauses() {
    return {
        {"a digest is of its parts one after another", a_digest_is_of_the_whole},
        {"a keyed digest is its key's and its purpose's alone", a_keyed_digest_is_its_keys},
        {"what is sealed opens again, whatever its length, and never looks the same", what_is_sealed_opens_again},
        {"what is sealed cannot be read", what_is_sealed_is_not_read},
        {"what is sealed opens only with what it was bound to", what_is_sealed_is_bound},
        {"what was sealed and then changed, or never sealed, does not open", what_was_changed_does_not_open},
        {"another purpose's key opens nothing, another ring's is not known", another_key_opens_nothing},
        {"a subject's key, wrapped and unwrapped, is the same key", a_data_key_unwraps_to_itself},
        {"one subject's key says nothing of another's", data_keys_know_nothing_of_each_other},
        {"what is not a wrapped key of this ring does not unwrap", what_is_no_wrapped_key_does_not_unwrap},
        {"a signature is of one message under one key", a_signature_is_of_one_message_and_key},
        {"every object may be used by any number of threads at once", any_number_of_threads},
    };
}

}  // namespace hcp::contract
