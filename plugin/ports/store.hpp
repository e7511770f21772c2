#pragma once
#include "plugin/ports/result.hpp"
#include "plugin/ports/store_rows.hpp"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace hcp::ports {

enum class store_errc {
    unavailable = 1,  // nothing happened; ask again later
    conflict,         // somebody moved a row first, or a unique key is taken: reread and decide again
    in_doubt,         // commit sent, answer lost: reread before repeating
    refused,          // the database refuses these data for good (too long, a check): repeating is useless
    corrupt,          // what was read is not what this version wrote
};
[[nodiscard]] const boost::system::error_category& store_category() noexcept;
[[nodiscard]] inline error_code make_error_code(store_errc e) noexcept {
    return {static_cast<int>(e), store_category()};
}

// Queries of one consistent snapshot. "In order" answers line up with the question, one optional each.
class Reading {
public:
    virtual ~Reading() = default;

    virtual result<std::vector<std::optional<SubjectRow>>> subjects_by_lookup(std::span<const Digest>) = 0;  // in order
    virtual result<std::vector<std::optional<CaseRow>>> cases_by_key(std::span<const Digest>) = 0;           // in order
    // In order; of several with one key the one with the highest overflow.
    virtual result<std::vector<std::optional<DossierRow>>> dossiers_by_key(std::span<const Digest>) = 0;
    virtual result<std::vector<std::optional<WithdrawalRow>>> withdrawals_by_key(
        std::span<const Digest>) = 0;                                             // in order
    virtual result<std::vector<bool>> visits_known(std::span<const Digest>) = 0;  // in order
    virtual result<std::vector<OpeningRow>> openings_of(std::span<const std::string> project_nos) = 0;
    virtual result<std::vector<ItemRow>> items() = 0;

    virtual result<std::vector<EvaluationView>> evaluations_of_case(CaseId) = 0;
    virtual result<std::optional<EvaluationView>> evaluation_by_token(const Digest& token_digest) = 0;
    virtual result<std::vector<std::optional<EvaluationView>>> evaluations_by_token(
        std::span<const Digest>) = 0;  // in order
    virtual result<std::optional<EvaluationView>> evaluation_by_subject(const Digest& case_key,
                                                                        const Digest& lookup) = 0;
    // Of one subject, newest first, with id < before (0 = from the newest).
    virtual result<std::vector<EvaluationView>> evaluations_of_subject(const Digest& lookup, EvaluationId before,
                                                                       std::size_t limit) = 0;
    // OPEN with deadline <= at, oldest deadline first.
    virtual result<std::vector<EvaluationView>> due(Instant at, std::size_t limit) = 0;
    // OPEN, by id, for the recomputation of deadlines (E20).
    virtual result<std::vector<EvaluationView>> open_after(EvaluationId after, std::size_t limit) = 0;
    virtual result<std::vector<EvaluationView>> evaluations_after(EvaluationId after, std::size_t limit) = 0;  // by id
    virtual result<std::optional<TicketRow>> ticket_of(EvaluationId) = 0;
    virtual result<std::optional<CommentRow>> comment_by_request(EvaluationId, const Digest& request_digest) = 0;
    virtual result<std::vector<CommentRow>> comments_of(std::span<const EvaluationId>) = 0;  // by id

    virtual result<std::vector<DeliverySummary>> deliveries(const DeliveryFilter&) = 0;  // never those held for secrecy
    virtual result<std::optional<DeliverySummary>> delivery(DeliveryId) = 0;             // nor here
    // The earliest next_at of a delivery that waits for nothing else; claimed ones count with their lease's end.
    virtual result<std::optional<Instant>> next_delivery_at() = 0;
    virtual result<QueueFigures> queue_figures() = 0;
    virtual result<std::vector<Count>> counts(Day from, Day to) = 0;  // [from, to), summed over instances
    virtual result<std::vector<Count>> recounted(
        Day from, Day to) = 0;  // the same figures from the rows, for the nightly comparison

    virtual result<std::vector<LedgerHead>> ledger_heads() = 0;
    virtual result<std::vector<LedgerRow>> ledger(std::int32_t lane, std::int64_t after_seq, std::size_t limit) = 0;
    virtual result<std::vector<RatingRow>> ratings_after(RatingId after, std::size_t limit) = 0;

    virtual result<std::vector<ReferenceRow>> references(ReferenceKind) = 0;  // oldest first
};

// A read-write transaction. A batch goes in as a batch, each dialect its fastest way; a row that breaks a unique key
// fails the transaction with `conflict`.
class Writing : public virtual Reading {
public:
    virtual result<void> insert(std::span<const SubjectRow>) = 0;
    virtual result<void> insert(std::span<const CaseRow>) = 0;
    virtual result<void> insert(std::span<const EvaluationRow>) = 0;
    virtual result<void> insert(std::span<const RatingRow>) = 0;
    virtual result<void> insert(std::span<const TicketRow>) = 0;
    virtual result<void> insert(std::span<const CommentRow>) = 0;
    virtual result<void> insert(std::span<const DossierRow>) = 0;
    virtual result<void> insert(std::span<const DeliveryRow>) = 0;
    virtual result<void> insert(std::span<const VisitRow>) = 0;
    virtual result<void> insert(std::span<const WithdrawalRow>) = 0;
    virtual result<void> insert(std::span<const OpeningRow>) = 0;
    virtual result<void> insert(std::span<const LedgerRow>) = 0;
    virtual result<void> insert(std::span<const ReferenceRow>) = 0;
    virtual result<void> add(std::span<const Count>) = 0;

    virtual result<void> put_items(std::span<const ItemRow>) = 0;  // insert or replace
    // Guarded by the service_count that was read (`expected`, in order): else conflict.
    virtual result<void> update_dossiers(std::span<const DossierRow>,
                                         std::span<const std::int32_t> expected_service_count) = 0;

    struct Move {
        EvaluationId id;
        EvaluationState from, to;
        RatingId rating_id;  // 0 = leave as it is
        bool withdrawn = false;
    };
    // In order: true where the row was in `from` and not withdrawn, and moved.
    virtual result<std::vector<bool>> move(std::span<const Move>) = 0;
    virtual result<void> put_draft(const DraftRow&) = 0;  // insert or replace; keeps first_tapped_at of the stored one
    virtual result<void> drop_drafts(std::span<const EvaluationId>) = 0;
    virtual result<void> withdraw_case(CaseId, Instant at) = 0;
    struct NewDeadline {
        EvaluationId id;
        Instant deadline_by_completion, deadline;
        bool provisional = false;
    };
    virtual result<void> extend(std::span<const NewDeadline>, std::string_view calendar_version) = 0;

    // Lifts the secrecy of what this opening lifts: cases, evaluations, and their deliveries HELD for it, which become
    // QUEUED with their give-up time moved by what they were held. Answers with the evaluations whose embargo it
    // lifted.
    virtual result<std::vector<EvaluationView>> lift_secrecy(const OpeningRow& opening, Instant at) = 0;

    // At most `limit` QUEUED deliveries that wait for nothing and are due, and CLAIMED ones whose lease is over (these
    // with outcome_unknown set), oldest first; each becomes CLAIMED by `owner` until `lease_until`, attempts + 1.
    virtual result<std::vector<DeliveryWork>> claim(std::int32_t owner, Instant now, Instant lease_until,
                                                    std::size_t limit) = 0;
    // What became of a claimed delivery; guarded by owner. DELIVERED releases what waited for it.
    struct Mark {
        DeliveryId id;
        DeliveryState state = DeliveryState::queued;
        HeldReason held_reason = HeldReason::none;
        bool outcome_unknown = false;
        Instant at, next_at;
        std::string reason;
        Digest sent_digest{};
        EvaluationId evaluation_id;
        std::int32_t service_number = 0;  // learnt; 0 = not
        std::string service_time;         // M1: as sent; empty = leave
    };
    virtual result<void> mark(std::int32_t owner, std::span<const Mark>) = 0;
    // Ends the leases of an owner that has just started again: what it had claimed may be claimed at once, its outcome
    // unknown.
    virtual result<void> expire_claims(std::int32_t owner) = 0;
    // Puts HELD (for `reason`) or PARKED ones back to QUEUED now. Answers how many.
    virtual result<std::int64_t> requeue_held(HeldReason reason, Instant now) = 0;
    virtual result<std::int64_t> requeue(DeliveryId, Instant now, Instant give_up_at) = 0;
    // M1s held as unclassified whose item is known now.
    virtual result<std::int64_t> requeue_classified(std::span<const std::string> item_codes, Instant now) = 0;
};

// Where the records live. One implementation for all dialects; each passes the contract suite. Calls block: database
// threads only. Nothing throws. `read` and `write` may be called from several threads at once; each call has a session
// of its own, and the calls of `write` wait for each other (one ledger lane per instance).
class Store {
public:
    virtual ~Store() = default;
    // Runs `work` in one snapshot.
    virtual result<void> read(const std::function<result<void>(Reading&)>& work) = 0;
    // Runs `work` in one transaction: commits when it returns a value, rolls back when it returns an error or throws.
    virtual result<void> write(const std::function<result<void>(Writing&)>& work) = 0;

    // A number that no other live instance holds, kept until `until` and renewed by the same `token`; conflict when all
    // are taken.
    virtual result<InstanceNo> lease_instance(std::string_view token, Instant now, Instant until) = 0;
    // The database server's clock, for the skew alarm only (E24). An embedded database answers nothing.
    virtual result<std::optional<Instant>> server_time() = 0;
};

}  // namespace hcp::ports

template <>
struct boost::system::is_error_code_enum<hcp::ports::store_errc> : std::true_type {};
