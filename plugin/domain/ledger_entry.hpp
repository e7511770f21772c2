#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/domain/time.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace hcp::domain {

// What goes into the ledger. Written into canonical entries: never renumber, never reuse.
enum class LedgerKind : std::int32_t {
    case_opened = 1,
    evaluation_opened = 2,
    rated = 3,
    defaulted = 4,
    voided = 5,
    ticket_opened = 6,
    withdrawn = 7,
    bids_opened = 8,
    visit = 9,
    comment = 10,
    delivered = 11,
    reference_loaded = 12,
    deadline_extended = 13,
    virtual_clock = 14,
    case_conflict = 15,  // same key, other content: the first won
};

// Each instance has two chains. What is under bid secrecy (E14) goes into one of its own: the length of that one tells
// how many take part in a project, so it is told nowhere outside the database.
enum class Chain { open, secret };
[[nodiscard]] constexpr Chain chain_of(bool embargoed) noexcept {
    return embargoed ? Chain::secret : Chain::open;
}
// Lanes 1..1023 are the instances' open chains, 1025..2047 their secret ones.
[[nodiscard]] constexpr std::int32_t lane_of(InstanceNo instance, Chain chain) noexcept {
    return instance.value() + (chain == Chain::secret ? 1024 : 0);
}
[[nodiscard]] constexpr bool is_secret_lane(std::int32_t lane) noexcept {
    return lane > 1024;
}

// The canonical form of one entry, the input of the chain's SM3 (format and golden vectors:
// plugin/decisions/0002-ledger.md):
//   u8 version = 1 | u8 kind | i32 lane | i64 seq | i64 at_us | then each field as u32 length | bytes
// Integers are big-endian; an id or instant inside a field is an i64 of 8 bytes. Fields come in the order of the calls.
class LedgerEntry {
public:
    LedgerEntry(LedgerKind kind, std::int32_t lane, std::int64_t seq, Instant at) : kind_{kind}, at_{at} {
        bytes_.reserve(160);
        bytes_.push_back(1);
        bytes_.push_back(static_cast<std::uint8_t>(kind));
        integer(static_cast<std::uint32_t>(lane), 4);
        integer(static_cast<std::uint64_t>(seq), 8);
        integer(static_cast<std::uint64_t>(to_us(at)), 8);
    }
    LedgerEntry& number(std::int64_t value) {
        integer(8, 4);
        integer(static_cast<std::uint64_t>(value), 8);
        return *this;
    }
    LedgerEntry& instant(Instant t) { return number(to_us(t)); }
    LedgerEntry& text(std::string_view s) {
        integer(s.size(), 4);
        bytes_.insert(bytes_.end(), s.begin(), s.end());
        return *this;
    }
    LedgerEntry& digest(const std::array<std::uint8_t, 32>& d) {
        integer(d.size(), 4);
        bytes_.insert(bytes_.end(), d.begin(), d.end());
        return *this;
    }

    [[nodiscard]] LedgerKind kind() const noexcept { return kind_; }
    [[nodiscard]] Instant at() const noexcept { return at_; }
    [[nodiscard]] const std::vector<std::uint8_t>& bytes() const noexcept { return bytes_; }

private:
    void integer(std::uint64_t value, int width) {
        for (int shift = 8 * (width - 1); shift >= 0; shift -= 8)
            bytes_.push_back(static_cast<std::uint8_t>(value >> shift));
    }

    LedgerKind kind_;
    Instant at_;
    std::vector<std::uint8_t> bytes_;
};

}  // namespace hcp::domain
