#pragma once
#include "plugin/domain/delivery.hpp"

#include <cstdint>

namespace hcp::domain {

// Each instance has two ledger chains. What is under bid secrecy goes into one of its own: the length of that one tells
// how many take part in a project, so it is told nowhere outside the database.
enum class Chain { open, secret };

// E14: before bids are opened, who takes part in a project and how many they are is nobody's to know (招标投标法 22).
// What that means for a case and its evaluations is answered here and nowhere else: whoever has one asks what may be
// done with it, not whether it is secret. Comparing two tells only whether a record says what another says.
class Secrecy {
public:
    constexpr Secrecy() = default;  // open to all
    [[nodiscard]] static constexpr Secrecy until_opening() noexcept { return Secrecy{true}; }

    // What it adds to a figure that leaves the database: `n`, or nothing while it is secret, since bidders may be
    // reported one by one and the figure would then be their number.
    [[nodiscard]] constexpr std::int64_t counts(std::int64_t n = 1) const noexcept { return secret_ ? 0 : n; }
    // Whether a line of a log or a list may be about it alone.
    [[nodiscard]] constexpr bool may_be_told() const noexcept { return !secret_; }
    [[nodiscard]] constexpr Chain chain() const noexcept { return secret_ ? Chain::secret : Chain::open; }
    // Why its messages may not leave for the province; none when nothing but other reasons can hold them.
    [[nodiscard]] constexpr HeldReason holds() const noexcept {
        return secret_ ? HeldReason::secrecy : HeldReason::none;
    }
    // Who holds its link is a bidder himself and may read that nobody else sees it yet.
    [[nodiscard]] constexpr bool shown_to_its_rater() const noexcept { return secret_; }

    // For what concerns both.
    [[nodiscard]] constexpr Secrecy and_of(Secrecy other) const noexcept { return Secrecy{secret_ || other.secret_}; }

    // As hosts report it and disks keep it: 1 while it holds.
    [[nodiscard]] static constexpr Secrecy from_flag(bool flag) noexcept { return Secrecy{flag}; }
    [[nodiscard]] constexpr bool flag() const noexcept { return secret_; }

    friend constexpr bool operator==(Secrecy, Secrecy) noexcept = default;

private:
    constexpr explicit Secrecy(bool secret) : secret_{secret} {}
    bool secret_ = false;
};

inline constexpr Secrecy open_to_all{};

}  // namespace hcp::domain
