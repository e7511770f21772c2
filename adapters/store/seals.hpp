#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/seals.hpp"

namespace hcp::store {

class SqlSeals final : public ports::Seals {
public:
    explicit SqlSeals(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::vector<ports::SealedRow>> after(ports::SealedKind, const Digest& key, std::size_t limit) override;
    result<std::int64_t> replace(ports::SealedKind, std::span<const ports::Resealed>, ports::InHand) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
