#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

class MemorySeals final : public Seals {
public:
    explicit MemorySeals(Unit& unit) : unit_{unit} {}
    result<std::vector<SealedRow>> after(SealedKind, const Digest& key, std::size_t limit) override;
    result<std::int64_t> replace(SealedKind, std::span<const Resealed>, InHand) override;

private:
    Unit& unit_;
};

}  // namespace hcp::test::memory
