#pragma once
#include "plugin/domain/delivery.hpp"
#include "plugin/domain/unknown_outcome.hpp"
#include "plugin/ports/store/cases.hpp"
#include "plugin/ports/store/dossiers.hpp"
#include "plugin/ports/store/evaluations.hpp"
#include "plugin/ports/store/ratings.hpp"
#include "plugin/ports/store/subjects.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hcp::ports {

// One message owed to the province. Unique: (evaluation, kind, revision).
struct DeliveryRow {
    DeliveryId id;
    DossierId dossier_id;
    EvaluationId evaluation_id;
    RatingId rating_id;
    DeliveryKind kind = DeliveryKind::service;
    std::int32_t revision = 1;
    DeliveryState state = DeliveryState::queued;
    HeldReason held_reason = HeldReason::none;
    DeliveryId waits_for;  // not claimed before that one is delivered; 0 = nothing to wait for
    std::int32_t attempts = 0;
    bool outcome_unknown = false;       // an attempt was made whose end nobody knows: ask first
    UnknownOutcome known;               // of it; of an M1
    std::optional<Instant> leave_by;    // CLAIMED: after it nothing of this claim leaves; of an M1
    std::optional<Instant> written_at;  // of an M1 that may have left: by when its times were clamped, with sent_digest
    Instant created_at, next_at;
    Instant give_up_at;  // PARKED from here on; moved by the time spent HELD
    std::optional<Instant> delivered_at, held_since;
    std::string last_reason;
    Digest sent_digest{};
    // Of an M1. One of which an attempt failed for certain has not left (E56).
    [[nodiscard]] bool may_have_left() const { return outcome_unknown && known.left_by; }
};

// A claimed delivery with all that its message speaks of.
struct DeliveryWork {
    DeliveryRow delivery;
    EvaluationRow evaluation;
    CaseRow case_row;
    SubjectRow subject;
    DossierRow dossier;
    std::optional<RatingRow> rating;
    // Whether the province is asked first for what it has of this dossier.
    [[nodiscard]] bool must_ask() const {
        return delivery.kind == DeliveryKind::service  ? delivery.outcome_unknown
               : delivery.kind == DeliveryKind::rating ? evaluation.service_number == 0
                                                       : false;
    }
    // An M1 is said so from now on.
    void freeze(Instant at, const WireRecord& record) {
        delivery.written_at = at;
        delivery.sent_digest = record.digest;
        evaluation.service_name = record.service_name;
        evaluation.service_time = record.service_time;
        for (auto& one : sent)
            if (one.evaluation_id == evaluation.id) one.name = record.service_name, one.time = record.service_time;
    }
    // Of one that must ask: what a list of its dossier is held against.
    std::vector<SentService> sent;      // by ordinal
    std::vector<std::int32_t> surplus;  // listed numbers that a person has said belong to nothing of ours
    bool replaces_sent = false;         // M2: an earlier one of this evaluation was delivered
};

// A delivery as operators see it.
struct DeliverySummary {
    DeliveryRow delivery;
    CaseId case_id;
    std::string case_no, completion_no, node, project_no;  // project_no: the province's
    std::int32_t service_number = 0;
    std::optional<Origin> origin;  // of a rating's message, which is a person's or a default's
    bool unsubmitted = false;
};

struct DeliveryFilter {
    std::optional<DeliveryState> state;
    std::optional<HeldReason> reason;
    std::string case_no;  // empty = of any
    std::optional<Instant> created_from, created_before;
    std::int32_t min_attempts = 0;
    DeliveryId after;
    std::size_t limit = 100;
};

// Who takes how many deliveries, and until when they are its own.
struct Claim {
    std::int32_t owner = 0;  // instance number
    Instant now;
    Instant lease_until;
    std::size_t limit = 0;

    // The same at another moment, with a lease as long.
    [[nodiscard]] Claim at(Instant moment) const { return {owner, moment, moment + (lease_until - now), limit}; }
};

// The furthest that anything can wait, by a clock that is right.
struct LongestWaits {
    Instant next_try;  // of what is queued
    Instant lease_until;
    Instant give_up_at;
    Instant held_since;
    Instant left_by;  // nothing can have left later than now
};

// What became of a claimed delivery.
struct DeliveryMark {
    DeliveryId id;
    DeliveryState state = DeliveryState::queued;
    HeldReason held_reason = HeldReason::none;
    bool outcome_unknown = false;
    UnknownOutcome known;  // of it; of an M1
    Instant at, next_at;
    std::string reason;
    Digest sent_digest{};
    EvaluationId evaluation_id;
    std::int32_t service_number = 0;  // learnt; 0 = not
};

// How an M1 is said from now on, as long as it may have arrived: kept with its claim, before it leaves.
struct FrozenService {
    DeliveryId id;
    EvaluationId evaluation_id;
    Instant written_at;
    Digest digest{};
    std::string name, time;
};

// A person's word: this evaluation is the listed service of that number, and of what else is listed under its name the
// surplus is nothing of ours.
struct Adoption {
    EvaluationId evaluation_id;
    DossierId dossier_id;
    std::int32_t service_number = 0;
    std::vector<std::int32_t> surplus;
    Instant now, give_up_at;
};

// Nothing that is under bid secrecy (E14) is known here.
class DeliveryQueries {
public:
    virtual ~DeliveryQueries() = default;
    virtual result<std::vector<DeliverySummary>> list(const DeliveryFilter&) = 0;  // by id
    virtual result<std::optional<DeliverySummary>> find(DeliveryId) = 0;
    virtual result<std::int64_t> count(const DeliveryFilter&) = 0;  // whatever `after` and `limit` say
};

// Keeping messages back, and letting them go.
class DeliveryHolds {
public:
    virtual ~DeliveryHolds() = default;
    // Those of evaluations whose secrecy was lifted, HELD for it, become QUEUED, their give-up time moved by what they
    // were held.
    virtual result<void> lift(std::span<const EvaluationId>, Instant now) = 0;
    // Of evaluations whose case was withdrawn: an M1 that never left becomes HELD as withdrawn, and so does what waits
    // for it of the same evaluation; the service behind it in the dossier no longer waits, and those that follow count
    // one less, as the province will (E56). What is CLAIMED may be leaving. Repeating it changes nothing.
    virtual result<void> keep_back(std::span<const EvaluationId>, Instant now) = 0;
    // M1s held as unclassified whose item is known now, as by lift. Answers how many.
    virtual result<std::int64_t> requeue_classified(std::span<const std::string> item_codes, Instant now) = 0;
    // Puts a HELD or PARKED one back to QUEUED now; an M1 that was ever written to be sent asks first. Answers how
    // many, 0 or 1.
    virtual result<std::int64_t> requeue(DeliveryId, Instant now, Instant give_up_at) = 0;
    // A QUEUED or PARKED one becomes HELD by the operator. Answers how many, 0 or 1.
    virtual result<std::int64_t> hold(DeliveryId, Instant now) = 0;
    // What was parked or held as doubled in the dossier is queued again, and the dossier no longer marked. Conflict
    // when the number is another evaluation's.
    virtual result<void> adopt(const Adoption&) = 0;
};

class Deliveries : public DeliveryQueries {
public:
    virtual result<void> insert(std::span<const DeliveryRow>) = 0;
    // At most `limit` QUEUED deliveries that wait for nothing and are due, and CLAIMED ones whose lease is over (these
    // with outcome_unknown set, and known to have left by that claim's leave_by at the latest), oldest first; each
    // becomes CLAIMED by `owner` until `lease_until`, attempts + 1, an M1 to leave by then or not at all.
    virtual result<std::vector<DeliveryWork>> claim(const Claim& claim) = 0;
    // In the transaction of their claim.
    virtual result<void> freeze(std::span<const FrozenService>) = 0;
    // Guarded by owner: else conflict. DELIVERED releases what waited for it; an M1 that is HELD as withdrawn leaves
    // its dossier, as by keep_back.
    virtual result<void> mark(std::int32_t owner, std::span<const DeliveryMark>) = 0;
    // Ends the leases of an owner that has just started again: what it had claimed may be claimed at once, its outcome
    // unknown, and cannot have left after `now`.
    virtual result<void> expire_claims(std::int32_t owner, Instant now) = 0;
    // What waits longer than anything can was written by a clock that has been set back since (E24): from now on it
    // waits no longer than that. Repeating it changes nothing.
    virtual result<void> shorten_waits(const LongestWaits&) = 0;
    virtual DeliveryHolds& holds() = 0;
};

}  // namespace hcp::ports
