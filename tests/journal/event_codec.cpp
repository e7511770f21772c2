#include "plugin/domain/event_codec.hpp"

#include "tests/support/random_events.hpp"

#include <catch2/catch.hpp>

using namespace hcp;
using domain::decode_events;
using domain::encode_events;
using domain::Event;

namespace {
std::vector<Event> some_events(unsigned seed, std::size_t count) {
    test::RandomEvents random{seed};
    std::vector<Event> events;
    for (std::size_t i = 0; i < count; ++i) events.push_back(random.next());
    return events;
}
}  // namespace

SCENARIO("every event comes back from its bytes as it was", "[codec]") {
    for (unsigned seed = 0; seed < 500; ++seed) {
        const auto events = some_events(seed, seed % 8);
        const auto back = decode_events(encode_events(events));
        REQUIRE(back.has_value());
        REQUIRE((*back == events));
    }
}

SCENARIO("the bytes of a released version stay readable", "[codec]") {
    domain::Completion c;
    c.key = {"h", "c", "1"};
    c.line = domain::Line{100};
    c.project_no = "p";
    c.node = "n";
    c.completed_at = domain::instant_from_us(1);
    c.promised_at = domain::instant_from_us(-2);
    c.mode = domain::Mode::on_site;
    c.secrecy = domain::Secrecy::until_opening();
    c.subjects = {{domain::SubjectType::person, domain::Role::other, "x", "111", "甲", "", "", "", {{"a", "1"}}}};
    c.handlers = {{"s", "t"}};
    domain::Visit v{"h", "v", domain::Line::mining, domain::instant_from_us(3), "w", "", "", "", "", {}};
    const std::vector<Event> events{c, domain::Withdrawal{c.key, domain::instant_from_us(4), "r"},
                                    domain::BidsOpened{"h", "p", "", domain::instant_from_us(5)}, v};
    const auto bytes = encode_events(events);
    CHECK(domain::hex_text(bytes) ==
          "0104"
          "01016801630131"
          "64"
          "0170"
          "00"
          "016e"
          "00000000"
          "0000000000000001"
          "00"
          "01fffffffffffffffe"
          "02"
          "01"
          "01"
          "01"
          "09"
          "0178"
          "03313131"
          "03e794b2"
          "000000"
          "0101610131"
          "01"
          "01730174"
          "02016801630131"
          "0000000000000004"
          "0172"
          "03"
          "0168"
          "0170"
          "00"
          "0000000000000005"
          "04"
          "0168"
          "0176"
          "04"
          "0000000000000003"
          "0177"
          "00000000"
          "00");
    const auto back = decode_events(bytes);
    REQUIRE(back.has_value());
    CHECK((*back == events));
}

SCENARIO("bytes cut anywhere, or with one more, are refused", "[codec]") {
    for (unsigned seed = 0; seed < 40; ++seed) {
        auto bytes = encode_events(some_events(seed, 1 + seed % 3));
        for (std::size_t n = 0; n < bytes.size(); ++n)
            REQUIRE_FALSE(decode_events(std::span{bytes}.first(n)).has_value());
        bytes.push_back(0);
        REQUIRE_FALSE(decode_events(bytes).has_value());
    }
}

SCENARIO("a changed byte either is refused or is another event, never the same", "[codec]") {
    for (unsigned seed = 0; seed < 40; ++seed) {
        const auto events = some_events(seed, 1 + seed % 3);
        auto bytes = encode_events(events);
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            for (const unsigned flip : {0x01u, 0x40u, 0x80u, 0xFFu}) {
                bytes[i] = static_cast<std::uint8_t>(bytes[i] ^ flip);
                const auto other = decode_events(bytes);
                if (other) {
                    REQUIRE((*other != events));
                    REQUIRE(encode_events(*other) == bytes);
                }
                bytes[i] = static_cast<std::uint8_t>(bytes[i] ^ flip);
            }
        }
    }
}

SCENARIO("a count larger than what follows is refused before memory is asked for", "[codec]") {
    CHECK_FALSE(decode_events(std::vector<std::uint8_t>{1, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F}).has_value());
    CHECK_FALSE(decode_events(std::vector<std::uint8_t>{1, 1, 3, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 'a'}).has_value());
    CHECK_FALSE(decode_events(std::vector<std::uint8_t>{1, 0x80, 0x00}).has_value());  // zero, not in its shortest form
    CHECK_FALSE(decode_events(std::vector<std::uint8_t>{2, 0}).has_value());           // a version of the future
    CHECK_FALSE(decode_events({}).has_value());
}
