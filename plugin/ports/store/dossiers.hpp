#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/province.hpp"
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
    bool doubled = false;  // the province holds more of its services than were sent: a person must say which
};

// One service of a dossier whose M1 left, or may have; or which may leave any time.
struct SentService {
    EvaluationId evaluation_id;
    std::int32_t ordinal = 0, number = 0;  // number: 0 = not known
    std::string name, time;                // as sent
    bool pending = false;                  // as far as is known it has not left; of a name and time that may change
    friend bool operator==(const SentService&, const SentService&) = default;
};

// What the province listed of a dossier when a person was last asked to look.
struct Listed {
    DossierId dossier_id;
    std::vector<KnownService> services;  // of this dossier; `rated` is not kept
    Instant at;
    bool doubled = false;  // the dossier is marked
};

// That, beside what was sent, by ordinal, and the listed numbers that a person has said are nothing of ours.
struct DossierListing {
    std::vector<SentService> sent;
    std::vector<KnownService> listed;
    std::vector<std::int32_t> surplus;
    std::optional<Instant> listed_at;
};

class DossierQueries {
public:
    virtual ~DossierQueries() = default;
    virtual result<DossierListing> listing(DossierId) = 0;
    // In order; of several with one key the one with the highest overflow.
    virtual result<std::vector<std::optional<DossierRow>>> by_key(std::span<const Digest>) = 0;
};

class Dossiers : public DossierQueries {
public:
    // Replaces what was listed before; surplus numbers stay.
    virtual result<void> note(const Listed&) = 0;
    virtual result<void> insert(std::span<const DossierRow>) = 0;
    // Guarded by the service_count that was read (`expected`, in order): else conflict.
    virtual result<void> update(std::span<const DossierRow>, std::span<const std::int32_t> expected_service_count) = 0;
};

}  // namespace hcp::ports
