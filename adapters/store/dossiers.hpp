#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/dossiers.hpp"

namespace hcp::store {

void fields(auto& io, Of<ports::DossierRow> auto& r) {
    io("id", r.id);
    io("key_digest", r.key_digest);
    io("overflow", r.overflow);
    io("project_no", r.project_no);
    io("service_count", r.service_count);
    io("last_service_delivery", r.last_service_delivery);
}

class SqlDossiers final : public ports::Dossiers {
public:
    explicit SqlDossiers(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::vector<std::optional<ports::DossierRow>>> by_key(std::span<const Digest>) override;
    result<void> insert(std::span<const ports::DossierRow>) override;
    result<void> update(std::span<const ports::DossierRow>,
                        std::span<const std::int32_t> expected_service_count) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
