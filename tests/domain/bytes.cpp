#include "plugin/domain/bytes.hpp"

#include <catch2/catch.hpp>

#include <unordered_set>

using namespace hcp::domain;

namespace {

Bytes integer(std::uint64_t value, std::size_t width) {
    Bytes out;
    put_integer(out, value, width);
    return out;
}
Bytes fields(std::initializer_list<std::string_view> texts) {
    Bytes out;
    for (const auto text : texts) put_field(out, as_bytes(text));
    return out;
}

}  // namespace

SCENARIO("an integer is written big-endian in the width asked for, and taken back", "[bytes]") {
    CHECK(integer(0x0102, 2) == Bytes{1, 2});
    CHECK(integer(1, 8) == Bytes{0, 0, 0, 0, 0, 0, 0, 1});
    CHECK(integer(0x010203, 2) == Bytes{2, 3});  // the low bytes, where the width is too small
    for (std::size_t width = 1; width <= 8; ++width)
        for (const auto value : {std::uint64_t{0}, std::uint64_t{1}, ~std::uint64_t{0} >> (64 - 8 * width)}) {
            const auto written = integer(value, width);
            View rest{written};
            CHECK(take_integer(rest, width) == value);
            CHECK(rest.empty());
        }
    const auto negative = integer(static_cast<std::uint64_t>(std::int64_t{-2}), 8);
    View rest{negative};
    CHECK(static_cast<std::int64_t>(take_integer(rest, 8).value()) == -2);
}

SCENARIO("an integer that is cut short is not taken, and nothing is lost", "[bytes]") {
    const auto written = integer(0x01020304, 4);
    for (std::size_t size = 0; size < written.size(); ++size) {
        View rest = View{written}.first(size);
        CHECK_FALSE(take_integer(rest, 4));
        CHECK(rest.size() == size);
    }
}

SCENARIO("fields come back one by one, the empty ones too", "[bytes]") {
    const auto written = fields({"甲", "", "b"});
    View rest{written};
    CHECK(as_text(take_field(rest).value()) == "甲");
    CHECK(as_text(take_field(rest).value()).empty());
    CHECK(as_text(take_field(rest).value()) == "b");
    CHECK(rest.empty());
    CHECK_FALSE(take_field(rest));
}

SCENARIO("no two lists of fields have the same bytes", "[bytes]") {
    CHECK(fields({"ab", "c"}) != fields({"a", "bc"}));
    CHECK(fields({"ab"}) != fields({"ab", ""}));
    CHECK(fields({}) != fields({""}));
}

SCENARIO("a field that is cut short is not taken, and nothing is lost", "[bytes]") {
    const auto written = fields({"abc"});
    for (std::size_t size = 0; size < written.size(); ++size) {
        View rest = View{written}.first(size);
        CHECK_FALSE(take_field(rest));
        CHECK(rest.size() == size);
    }
    const Bytes endless{0xff, 0xff, 0xff, 0xff, 'a'};
    View rest{endless};
    CHECK_FALSE(take_field(rest));
    CHECK(rest.size() == endless.size());
}

SCENARIO("bytes are two lower-case digits each, and read in either case", "[bytes]") {
    CHECK(hex_text({}).empty());
    CHECK(hex_text(Bytes{0x00, 0x0a, 0xff}) == "000aff");
    CHECK(bytes_from_hex("000aFf") == Bytes{0x00, 0x0a, 0xff});
    CHECK(bytes_from_hex("") == Bytes{});
    for (const auto* wrong : {"0", "000", "0g", "g0", "0G", " 00", "00\n", "0x00", "０0"}) {
        INFO(wrong);
        CHECK_FALSE(bytes_from_hex(wrong));
    }
    CHECK_FALSE(bytes_from_hex(std::string_view{"0\0", 2}));
    for (unsigned byte = 0; byte < 256; ++byte) {
        const Bytes one{static_cast<std::uint8_t>(byte)};
        CHECK(bytes_from_hex(hex_text(one)) == one);
    }
}

SCENARIO("128 bits are 22 characters that a link may carry as they are", "[bytes]") {
    CHECK(base64url_text(Bytes(16, 0xff)) == "_____________________w");
    CHECK(base64url_text(Bytes(16, 0)) == "AAAAAAAAAAAAAAAAAAAAAA");
    CHECK(base64url_text(Bytes{0xfb, 0xff, 0xfe}) == "-__-");
    CHECK(base64url_text({}).empty());
    CHECK(base64url_text(as_bytes("f")) == "Zg");
    CHECK(base64url_text(as_bytes("fo")) == "Zm8");
    CHECK(base64url_text(as_bytes("foo")) == "Zm9v");
    for (const auto* text : {"", "Zg", "Zm8", "Zm9v", "-__-", "_____________________w"}) {
        const auto bytes = bytes_from_base64url(text);
        REQUIRE(bytes);
        CHECK(base64url_text(*bytes) == text);
    }
    for (const auto* text : {"Z", "Zm9vZ", "Zh", "Zm9", "Zg==", "Zm 8", "Zm9v\n", "+/", "山"}) {
        INFO(text);
        CHECK_FALSE(bytes_from_base64url(text));
    }
}

SCENARIO("digests that differ at their front are told apart by their hash", "[bytes]") {
    std::unordered_set<Digest, DigestHash> digests;
    std::unordered_set<std::size_t> hashes;
    for (std::uint8_t first = 0; first < 100; ++first) {
        Digest digest{};
        digest[0] = first;
        digests.insert(digest);
        hashes.insert(DigestHash{}(digest));
    }
    CHECK(digests.size() == 100);
    CHECK(hashes.size() == 100);
    CHECK(digests.contains(no_digest));
}
