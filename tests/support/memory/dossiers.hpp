#pragma once
#include "tests/support/memory/unit.hpp"

namespace hcp::test::memory {

// What it waits for counts only while that is owed.
[[nodiscard]] DossierRow as_read(const Tables& t, DossierRow row);

[[nodiscard]] DossierListing listing_of(const Tables& t, DossierId id);

class MemoryDossiers final : public Dossiers {
public:
    explicit MemoryDossiers(Unit& unit) : unit_{unit} {}
    result<DossierListing> listing(DossierId id) override { return listing_of(unit_.tables, id); }
    result<void> note(const Listed& listed) override;
    result<std::vector<std::optional<DossierRow>>> by_key(std::span<const Digest> keys) override;
    result<void> insert(std::span<const DossierRow> all) override;
    result<void> update(std::span<const DossierRow> all, std::span<const std::int32_t> expected) override;

private:
    Unit& unit_;
};

}  // namespace hcp::test::memory
