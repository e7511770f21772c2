#include "plugin/domain/ledger_entry.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace hcp::domain;

namespace {

std::string hex(const std::vector<std::uint8_t>& bytes) {
    std::string text;
    for (const auto byte : bytes) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

}  // namespace

SCENARIO("an entry without fields is its fixed part", "[ledger]") {
    const LedgerEntry entry{LedgerKind::virtual_clock, 1, 1, instant_from_us(0)};
    CHECK(hex(entry.bytes()) ==
          "01"                  // version
          "0e"                  // kind 14
          "00000001"            // lane
          "0000000000000001"    // sequence
          "0000000000000000");  // instant
}

SCENARIO("a rating's entry has its fields in the written order, each with its length", "[ledger]") {
    LedgerEntry entry{LedgerKind::rated, 513, 70000, instant_from_us(1'790'000'000'000'001)};
    std::array<std::uint8_t, 32> digest{};
    digest[0] = 0xab;
    digest[31] = 0xcd;
    entry.number(1).number(2).number(1).number(1).number(5).text("510,517").digest(digest).instant(instant_from_us(-1));
    CHECK(hex(entry.bytes()) ==
          "0103"
          "00000201"
          "0000000000011170"
          "00065bfeda25e001"
          "000000080000000000000001"
          "000000080000000000000002"
          "000000080000000000000001"
          "000000080000000000000001"
          "000000080000000000000005"
          "000000073531302c353137"
          "00000020ab000000000000000000000000000000000000000000000000000000000000cd"
          "00000008ffffffffffffffff");
}
