#pragma once
#include "plugin/ports/province.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/record/held_because.hpp"
#include "plugin/record/keys.hpp"
#include "plugin/record/rules.hpp"
#include "plugin/record/sealed_facts.hpp"

#include <optional>
#include <string>
#include <variant>

namespace hcp::app {

// What to do next about one claimed delivery: say something to the province, or write down what became of it.
using DeliveryStep = std::variant<ports::ProvinceMessage, ports::DeliveryMark>;

// How long to wait, and whether a delivery past its give-up time, and past its fast attempts, is parked: not while the
// breaker is open, which holds and never parks, nor by a clock that may be wrong (E24). By such a one leases end too
// early, so an M1 that has not arrived may still be on its way from another instance, and is not said again either.
struct Retry {
    domain::Backoff backoff;
    double jitter = 0;  // [0,1)
    bool may_park = true;
    bool may_repeat = true;
};

// The next send, decided from what is known alone; no clock, no socket, no store.
//   M1  never tried: send it. Tried with an unknown end: ask by M4 first, since the province numbers by arrival and
//       takes a repetition as a new service.
//   M2  its service's number is not known: ask by M4. Known: send it; a repetition is harmless, since it is answered
//       as a duplicate.
class DeliveryPlan {
public:
    DeliveryPlan(const record::Keys& keys, const record::Rules& rules, const record::BridgeTerms& terms)
        : keys_{keys}, rules_{rules}, terms_{terms} {}

    [[nodiscard]] DeliveryStep first(const ports::DeliveryWork& work, domain::Instant now) const;
    // After `said` (one of service, query, rating) ended as `exchange`.
    [[nodiscard]] DeliveryStep next(ports::DeliveryWork& work, const ports::ProvinceMessage& said,
                                    const ports::Exchange& exchange, domain::Instant now, const Retry& retry) const;

private:
    [[nodiscard]] DeliveryStep service(const ports::DeliveryWork& work, domain::SubjectFacts subject,
                                       domain::Instant now) const;
    [[nodiscard]] DeliveryStep rating(const ports::DeliveryWork& work, std::string subject_name,
                                      domain::Instant now) const;
    [[nodiscard]] ports::DeliveryMark again(const ports::DeliveryWork& work, const ports::Exchange& exchange,
                                            bool unknown, domain::Instant now, const Retry& retry) const;

    const record::Keys& keys_;
    const record::Rules& rules_;
    const record::BridgeTerms& terms_;
};

// Whether an M1 whose end nobody knows arrived after all, and as which number. The services of a dossier arrive in the
// order of their ordinals, since each M1 waits for the one before, and are numbered from 1; `listed` holds those of
// this dossier that the province finds under this step's name of the subject, which need not be all, ordered by number.
[[nodiscard]] std::optional<std::int32_t> arrived_number(const ports::DeliveryWork& work,
                                                         const std::vector<ports::KnownService>& listed);

// Which of the listed services an M2 belongs to: not yet another's, same name, same time on the wire; of several the
// one that is numbered as it was sent, else the lowest.
[[nodiscard]] std::optional<std::int32_t> own_number(const ports::DeliveryWork& work, std::string_view service_name,
                                                     const std::vector<ports::KnownService>& listed);

}  // namespace hcp::app
