#include "adapters/gm/keyring.hpp"

#include "tests/gm/support.hpp"

#include <catch2/catch.hpp>

using namespace hcp;
using namespace hcp::gm;
using ports::as_bytes;
using ports::crypto_errc;
using test::KeyFolder;

SCENARIO("a master key is 64 hexadecimal digits in a file of its owner", "[gm][keyring]") {
    const KeyFolder files;
    const std::string text = domain::hex_text(test::pattern(32, 1));
    CHECK(Keyring::load(files.write("plain", text)).has_value());
    CHECK(Keyring::load(files.write("line", text + "\r\n")).has_value());
    CHECK(Keyring::load(files.write("upper", hex_upper(test::pattern(32, 1)) + "\n")).value().current_id() ==
          Keyring::load(files.write("lower", text)).value().current_id());
    CHECK(Keyring::load(files.write("read-only", text, 0400)).has_value());

    CHECK(Keyring::load(files.write("short", text.substr(2))).error() == key_file_errc::not_a_master_key);
    CHECK(Keyring::load(files.write("long", text + "00")).error() == key_file_errc::not_a_master_key);
    CHECK(Keyring::load(files.write("letters", "x" + text.substr(1))).error() == key_file_errc::not_a_master_key);
    CHECK(Keyring::load(files.write("two", text + "\n" + text)).error() == key_file_errc::not_a_master_key);
    CHECK(Keyring::load(files.write("empty", "")).error() == key_file_errc::bad_size);
    CHECK(Keyring::load(files.write("blank", " \n")).error() == key_file_errc::bad_size);
    CHECK(Keyring::load(files.write("huge", std::string(20'000, '0'))).error() == key_file_errc::bad_size);
    CHECK(Keyring::load(files.path() / "missing").error() == key_file_errc::unreadable);
    CHECK(Keyring::load(files.path()).error() == key_file_errc::not_regular);
    CHECK(Keyring::of(Secret{test::pattern(31)}).error() == crypto_errc::bad_key);
}

SCENARIO("a key file on which anybody else has any permission is refused, to root as well", "[gm][keyring]") {
    const KeyFolder files;
    const std::string text = domain::hex_text(test::pattern(32, 1));
    for (const unsigned mode : {0644U, 0640U, 0620U, 0610U, 0604U, 0602U, 0601U, 0666U, 0777U}) {
        const auto path = files.write("key", text, mode);
        CHECK(Keyring::load(path).error() == key_file_errc::too_open);
    }
    CHECK(key_file_category().message(static_cast<int>(key_file_errc::too_open)).find("chmod 600") !=
          std::string::npos);
}

SCENARIO("after a change of the master key old texts open, links and look-ups stay, and new texts use the new key",
         "[gm][keyring]") {
    const KeyFolder files;
    const auto old_file = files.write("old", domain::hex_text(test::pattern(32, 1)));
    const auto new_file = files.write("new", domain::hex_text(test::pattern(32, 2)));
    const auto before = Keyring::load(old_file).value();
    auto after = Keyring::load(new_file).value();
    REQUIRE(after.also_opens(old_file).has_value());

    CHECK(after.current_id() != before.current_id());
    CHECK(after.founding_id() == before.founding_id());
    CHECK(before.founding_id() == before.current_id());

    const auto sealed = before.sealer("seal", Cipher::sm4_ctr_hmac_sm3)->seal(as_bytes("text"), {}).value();
    const auto sealer = after.sealer("seal", Cipher::sm4_ctr_hmac_sm3);
    CHECK(sealer->open(sealed, {}).value() == test::bytes_of("text"));
    CHECK(domain::hex_text(View{sealer->seal(as_bytes("text"), {}).value()}.subspan(2, 8)) ==
          domain::hex_text(after.current_id()));

    CHECK(after.keyed_digest("link")->of({as_bytes("x")}) == before.keyed_digest("link")->of({as_bytes("x")}));
    CHECK(after.keyed_digest("link")->of({as_bytes("x")}) != after.keyed_digest("lookup")->of({as_bytes("x")}));

    const auto wrapped = before.vault(Cipher::aes_256_gcm)->make().value().wrapped;
    CHECK(after.vault(Cipher::sm4_ctr_hmac_sm3)->unwrap(wrapped).has_value());
    CHECK(after.also_opens(files.write("open", domain::hex_text(test::pattern(32, 3)), 0644)).error() ==
          key_file_errc::too_open);
}

SCENARIO("the key that comes next opens already, seals nothing yet and founds nothing", "[gm][keyring]") {
    const KeyFolder files;
    const auto old_file = files.write("old", domain::hex_text(test::pattern(32, 1)));
    const auto new_file = files.write("new", domain::hex_text(test::pattern(32, 2)));
    const auto next = Keyring::load(new_file).value();
    auto ring = Keyring::load(old_file).value();
    const auto sealed = next.sealer("seal", Cipher::sm4_ctr_hmac_sm3)->seal(as_bytes("text"), {}).value();
    CHECK(ring.sealer("seal", Cipher::sm4_ctr_hmac_sm3)->open(sealed, {}).error() == crypto_errc::unknown_key);
    CHECK_FALSE(ring.names()->opens(next.current_id()));

    const auto link = ring.keyed_digest("link")->of({as_bytes("x")});
    REQUIRE(ring.will_be(new_file).has_value());
    const auto sealer = ring.sealer("seal", Cipher::sm4_ctr_hmac_sm3);
    CHECK(sealer->open(sealed, {}).value() == test::bytes_of("text"));
    CHECK(ring.names()->opens(next.current_id()));
    CHECK(ring.names()->of(sealed) == next.current_id());
    CHECK(ring.names()->current() == ring.current_id());
    CHECK(ring.names()->of(sealer->seal(as_bytes("text"), {}).value()) == ring.current_id());
    CHECK(ring.keyed_digest("link")->of({as_bytes("x")}) == link);
    CHECK(ring.will_be(files.path() / "missing").error() == key_file_errc::unreadable);
}

SCENARIO("what is no seal names no key", "[gm][keyring]") {
    const auto names = Keyring::of(test::master(1)).value().names();
    CHECK_FALSE(names->of({}));
    CHECK_FALSE(names->of(Bytes(9, 1)));
    CHECK_FALSE(names->of(Bytes(40, 7)));
}

SCENARIO("with the digests' keys carried over, links and look-ups outlive the founding key", "[gm][keyring]") {
    const KeyFolder files;
    const auto old_file = files.write("old", domain::hex_text(test::pattern(32, 1)));
    const auto new_file = files.write("new", domain::hex_text(test::pattern(32, 2)));
    const auto founding = Keyring::load(old_file).value();
    auto both = Keyring::load(new_file).value();
    REQUIRE(both.also_opens(old_file).has_value());
    const auto carried = both.carry_digests().value();

    auto alone = Keyring::load(new_file).value();
    CHECK(alone.keyed_digest("link")->of({as_bytes("x")}) != founding.keyed_digest("link")->of({as_bytes("x")}));
    REQUIRE(alone.digests_from(carried).has_value());
    for (const auto* label : {"lookup", "link", "content", "ledger"})
        CHECK(alone.keyed_digest(label)->of({as_bytes("x")}) == founding.keyed_digest(label)->of({as_bytes("x")}));
    CHECK(alone.names()->of(*domain::bytes_from_hex(carried)) == alone.current_id());

    // And on to the next key, from what was carried.
    auto third = Keyring::load(files.write("third", domain::hex_text(test::pattern(32, 3)))).value();
    CHECK(third.digests_from(carried).error() == crypto_errc::unknown_key);
    REQUIRE(third.also_opens(new_file).has_value());
    REQUIRE(third.digests_from(carried).has_value());
    auto last = Keyring::load(files.path() / "third").value();
    REQUIRE(last.digests_from(third.carry_digests().value()).has_value());
    CHECK(last.keyed_digest("ledger")->of({as_bytes("x")}) == founding.keyed_digest("ledger")->of({as_bytes("x")}));

    CHECK(alone.digests_from("no hex").error() == crypto_errc::malformed);
    CHECK(alone.digests_from("").error() == crypto_errc::malformed);
    auto changed = *domain::bytes_from_hex(carried);
    changed.back() ^= 1;
    CHECK(alone.digests_from(domain::hex_text(changed)).error() == crypto_errc::unauthentic);
}

SCENARIO("what one purpose sealed another cannot open", "[gm][keyring]") {
    const auto ring = Keyring::of(test::master(1)).value();
    const auto sealed = ring.sealer("journal", Cipher::sm4_ctr_hmac_sm3)->seal(as_bytes("text"), {}).value();
    CHECK(ring.sealer("seal", Cipher::sm4_ctr_hmac_sm3)->open(sealed, {}).error() == crypto_errc::unauthentic);
}

SCENARIO("derived keys never change from one release to the next", "[gm][keyring]") {
    // Computed apart: HMAC-SM3(HMAC-SM3(00…1f, "hcp/1/link"), "x"), and SM3("hcp key id" ‖ 00…1f).
    Bytes counting(32);
    for (std::size_t i = 0; i < counting.size(); ++i) counting[i] = static_cast<std::uint8_t>(i);
    const auto ring = Keyring::of(Secret{counting}).value();
    CHECK(domain::hex_text(ring.keyed_digest("link")->of({as_bytes("x")})) ==
          "f34025448e5225b3e385bccbe99f37305b1c0e1f20d1678ee4583828b30b7e37");
    CHECK(domain::hex_text(ring.current_id()) == "9c8d8c037aece636");
}

SCENARIO("a new master key is the text that load() reads", "[gm][keyring]") {
    const KeyFolder files;
    const auto text = new_master_key_text().value();
    CHECK(text.view().size() == 64);
    CHECK(Keyring::load(files.write("key", ports::as_text(text.view()))).has_value());
    CHECK_FALSE(text.same_as(new_master_key_text().value().view()));
}
