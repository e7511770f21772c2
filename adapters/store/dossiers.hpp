#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/dossiers.hpp"

#include <unordered_map>

namespace hcp::store {

void fields(auto& io, Of<ports::DossierRow> auto& r) {
    io("id", r.id);
    io("key_digest", r.key_digest);
    io("overflow", r.overflow);
    io("project_no", r.project_no);
    io("service_count", r.service_count);
    io("last_service_delivery", r.last_service_delivery);
    io("doubled", r.doubled);
}

struct ListedServiceRow {
    DossierId dossier_id;
    std::int32_t number = 0;
    std::string name, time;
    std::int32_t level = 0;  // 0 = not told
    Instant listed_at;
    bool surplus = false;
};

void fields(auto& io, Of<ListedServiceRow> auto& r) {
    io("dossier_id", r.dossier_id);
    io("service_number", r.number);
    io("service_name", r.name);
    io("service_time", r.time);
    io("level_code", Learnt{r.level});
    io("listed_at_us", r.listed_at);
    io("surplus", r.surplus);
}

class SqlDossiers final : public ports::Dossiers {
public:
    explicit SqlDossiers(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<ports::DossierListing> listing(DossierId) override;
    result<void> note(const ports::Listed&) override;
    result<std::vector<std::optional<ports::DossierRow>>> by_key(std::span<const Digest>) override;
    result<void> insert(std::span<const ports::DossierRow>) override;
    result<void> update(std::span<const ports::DossierRow>,
                        std::span<const std::int32_t> expected_service_count) override;

    // Of these dossiers, into those that are there; throws.
    void read(const Encoder& dossiers, std::unordered_map<DossierId, ports::DossierListing>& into);

private:
    Unit& unit_;
};

}  // namespace hcp::store
