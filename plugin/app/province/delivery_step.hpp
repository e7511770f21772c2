#pragma once
#include "plugin/app/province/find_service.hpp"
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

// How a delivery's claim ends: what is to be written down of it, and what a person must see of its dossier.
struct Ending {
    ports::DeliveryMark mark;
    std::optional<ports::Listed> listed;
};

// What to do next about one claimed delivery: say something to the province, or write down what became of it.
using DeliveryStep = std::variant<ports::ProvinceMessage, Ending>;

// One claimed delivery on its way, from its claim to its ending.
struct Errand {
    ports::DeliveryWork work;
    bool probes = false;        // it finds out whether the province is there: by a question (M4), whatever it is to say
    bool is_duplicate = false;  // a rating that the province says it has; its list is asked whether that is true
    domain::Instant asked_at;   // when the question under way left
};

// How long to wait, and whether a delivery past its give-up time, and past its fast attempts, is parked: not while the
// breaker is open, which holds and never parks, nor by a clock that may be wrong (E24). By such a one leases end too
// early, so an M1 that has not arrived may still be on its way from another instance, and is not said again either.
struct Retry {
    domain::Backoff backoff;
    double jitter = 0;  // [0,1)
    bool may_park = true;
    bool may_repeat = true;
    bool is_alone = false;  // others get through, and this one meets again what would stop the channel
};

// The next send, decided from what is known alone; no clock, no socket, no store.
//   M1  never left: send it. Left with an unknown end: ask by M4, and send it again only where nothing is left to wait
//       for (domain/unknown_outcome.hpp), in the same words.
//   M2  its service's number is not known: ask by M4. Known: send it; a repetition is harmless, since it is answered
//       as a duplicate. One that is a duplicate though it should not be is held against the list: another level is a
//       difference, and a person's.
class DeliveryPlan {
public:
    DeliveryPlan(const record::Keys& keys, const record::Rules& rules, const record::BridgeTerms& terms)
        : keys_{keys}, rules_{rules}, terms_{terms} {}

    [[nodiscard]] DeliveryStep first(const Errand& errand, domain::Instant now) const;
    // What it will say where nothing need be asked before.
    [[nodiscard]] DeliveryStep unasked(const Errand& errand, domain::Instant now) const;
    // After `said` (one of service, query, rating) ended as `exchange`.
    [[nodiscard]] DeliveryStep next(Errand& errand, const ports::ProvinceMessage& said, const ports::Exchange& exchange,
                                    domain::Instant now, const Retry& retry) const;
    // A list that somebody else's question brought: the rating that can go by it at once, if it has its service.
    [[nodiscard]] std::optional<DeliveryStep> by_list(Errand& errand, std::span<const ports::KnownService> listed,
                                                      domain::Instant now) const;
    // What may not leave ends so: faults of its own, or words other than those that may have arrived.
    [[nodiscard]] Ending refused(const Errand& errand, const ports::WireRecord& record, domain::Instant now) const;
    [[nodiscard]] Ending changed(const Errand& errand, domain::Instant now) const;
    // Nothing was learnt: the next start, or claim, goes on.
    [[nodiscard]] Ending later(const Errand& errand, domain::Instant now) const;

private:
    [[nodiscard]] DeliveryStep service(const ports::DeliveryWork& work, domain::SubjectFacts subject,
                                       domain::Instant now) const;
    [[nodiscard]] DeliveryStep rating(const ports::DeliveryWork& work, std::string subject_name,
                                      domain::Instant now) const;
    [[nodiscard]] DeliveryStep after_service(Errand& errand, const ports::Exchange& exchange, domain::Instant now,
                                             const Retry& retry) const;
    [[nodiscard]] DeliveryStep after_rating(Errand& errand, const ports::Exchange& exchange, domain::Instant now,
                                            const Retry& retry) const;
    [[nodiscard]] DeliveryStep after_query(Errand& errand, const ports::Exchange& exchange, domain::Instant now,
                                           const Retry& retry) const;
    [[nodiscard]] DeliveryStep settled(Errand& errand, const ports::Exchange& exchange, domain::Instant now,
                                       const Retry& retry) const;
    [[nodiscard]] DeliveryStep compared(const Errand& errand, const ports::Exchange& exchange, domain::Instant now,
                                        const Retry& retry) const;
    // Once more, after a while.
    [[nodiscard]] Ending again(const Errand& errand, const ports::Exchange& exchange, domain::Instant now,
                               const Retry& retry) const;

    const record::Keys& keys_;
    const record::Rules& rules_;
    const record::BridgeTerms& terms_;
};

}  // namespace hcp::app
