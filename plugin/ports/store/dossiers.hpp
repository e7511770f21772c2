#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/result.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hcp::ports {

using namespace domain;

// (project, section, subject) as the province knows it. Unique: (key_digest, overflow), project_no.
struct DossierRow {
    DossierId id;
    Digest key_digest{};
    std::int32_t overflow = 0;  // a 100th service opens the next one
    std::string project_no;     // the province's
    std::int32_t service_count = 0;
    DeliveryId last_service_delivery;  // the M1 that the next M1 waits for; read back as 0 once that one is delivered
};

class DossierQueries {
public:
    virtual ~DossierQueries() = default;
    // In order; of several with one key the one with the highest overflow.
    virtual result<std::vector<std::optional<DossierRow>>> by_key(std::span<const Digest>) = 0;
};

class Dossiers : public DossierQueries {
public:
    virtual result<void> insert(std::span<const DossierRow>) = 0;
    // Guarded by the service_count that was read (`expected`, in order): else conflict.
    virtual result<void> update(std::span<const DossierRow>, std::span<const std::int32_t> expected_service_count) = 0;
};

}  // namespace hcp::ports
