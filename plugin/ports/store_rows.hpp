#pragma once
#include "plugin/domain/delivery.hpp"
#include "plugin/domain/evaluation.hpp"
#include "plugin/domain/event.hpp"
#include "plugin/domain/figures.hpp"
#include "plugin/domain/ids.hpp"
#include "plugin/ports/crypto.hpp"

#include <optional>
#include <string>
#include <vector>

// What the store keeps, row by row. Identities and free text are here only sealed (`sealed_*`) or as keyed digests.
// Strings may be empty; a dialect stores an empty one as null and gives it back as empty.
namespace hcp::ports {

using namespace domain;

// Unique: lookup. The data key dies with an erasure (E29); what was sealed under it can then be read by nobody.
struct SubjectRow {
    SubjectId id;
    Digest lookup{};  // keyed digest of type and certificate number
    SubjectType type = SubjectType::legal;
    Bytes wrapped_key;
    Instant created_at;
};

// Unique: key_digest (H5).
struct CaseRow {
    CaseId id;
    Digest key_digest{};
    Digest content_digest{};  // tells a repeat from another content under the same key
    std::string host_id, case_no, completion_no;
    Line line = Line::unknown;
    std::string project_no, section, node, project_name, item_code, department_id, department_name;
    Bytes sealed_handlers;
    Mode mode = Mode::unknown;
    bool secret = false;        // as reported; see secrecy_lifted_at
    bool unattributed = false;  // 待归属: no department or no handler (M2.1)
    bool unclassified = false;  // 未归类: no such item (E18)
    bool withdrawn = false;     // E17
    Instant completed_at;
    std::optional<Instant> accepted_at, promised_at, secrecy_lifted_at, withdrawn_at;
    Instant opened_at;  // when the store took it: the start of the window when later than completion's day (E33)
    std::string policy_version, calendar_version;
};

// One case x one subject. Unique: (case, subject), token_digest. Also the province's "service" of that dossier.
struct EvaluationRow {
    EvaluationId id;
    CaseId case_id;
    SubjectId subject_id;
    DossierId dossier_id;
    Role role = Role::unknown;
    EvaluationState state = EvaluationState::open;
    bool embargoed = false;  // E14
    bool withdrawn = false;  // E17: RATED or DEFAULTED, out of the figures
    Instant opened_at;
    Instant deadline_by_completion;
    Instant deadline;          // the one that counts (E33): a rating at this instant is late
    bool provisional = false;  // E19
    Digest token_digest{};
    Bytes sealed_subject;              // SubjectFacts as reported with this case, under the subject's data key
    RatingId rating_id;                // the answer in force; 0 = none
    std::int32_t service_ordinal = 0;  // 1.. within the dossier, in order of opening
    std::int32_t service_number = 0;   // the province's, learnt by M4; 0 = not known
    std::string service_time;          // as sent in the M1
};

struct DraftRow {
    EvaluationId evaluation_id;
    Level level = Level::very_satisfied;
    std::vector<std::string> tags;
    Bytes sealed_text;  // empty = none
    Channel channel = Channel::portal;
    Instant first_tapped_at, changed_at;
};

// Immutable. Unique: (evaluation, revision): a timely rating that replaces a default is revision 2 (E3).
struct RatingRow {
    RatingId id;
    EvaluationId evaluation_id;
    std::int32_t revision = 1;
    Origin origin = Origin::authored;
    Level level = Level::very_satisfied;
    std::vector<std::string> tags;
    Bytes sealed_text;     // empty = none
    Digest text_digest{};  // as in the ledger: keyed and salted; zero = none
    Channel channel = Channel::portal;
    bool incomplete = false;  // 待补充内容: a bad level without its content (E9)
    bool real_name = true;    // E35
    Digest request_digest{};
    Instant received_at, stored_at;
    std::int32_t ledger_lane = 0;
    std::int64_t ledger_seq = 0;
};

// Unique: rating or comment. Exactly one per bad review (M2.3).
struct TicketRow {
    TicketId id;
    EvaluationId evaluation_id;
    RatingId rating_id;  // 0 for a care ticket from a late comment (E13), which has no deadlines
    CommentId comment_id;
    std::int32_t state = 1;  // 1 NEW
    Level level = Level::dissatisfied;
    bool real_name = true;
    Instant received_at;
    std::optional<Instant> contact_deadline, rectify_deadline;  // E6
};

// What came too late to be a rating (E13).
struct CommentRow {
    CommentId id;
    EvaluationId evaluation_id;
    Level level = Level::satisfied;
    std::vector<std::string> tags;
    Bytes sealed_text;
    Channel channel = Channel::portal;
    Digest request_digest{};
    Instant received_at;
};

// (project, section, subject) as the province knows it. Unique: (key_digest, overflow), project_no.
struct DossierRow {
    DossierId id;
    Digest key_digest{};
    std::int32_t overflow = 0;  // a 100th service opens the next one
    std::string project_no;     // the province's
    std::int32_t service_count = 0;
    DeliveryId last_service_delivery;  // the M1 that the next M1 waits for; read back as 0 once that one is delivered
};

// Unique: (evaluation, kind, revision).
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
    bool outcome_unknown = false;  // an attempt was made whose end nobody knows: ask first
    Instant created_at, next_at;
    Instant give_up_at;  // PARKED from here on; moved by the time spent HELD
    std::optional<Instant> delivered_at, held_since;
    std::string last_reason;
    Digest sent_digest{};
};

struct VisitRow {
    VisitId id;
    Digest key_digest{};
    std::string host_id, visit_no;
    Line line = Line::unknown;
    Instant visited_at;
    std::string window, department_id, department_name, item_code, staff_id;
    Bytes sealed_subject;  // empty = not known; under the module's seal key
    Instant stored_at;
};

// Withdrawals wait for their completion; unique: key_digest.
struct WithdrawalRow {
    Digest key_digest{};
    std::string host_id, case_no, completion_no;
    Bytes sealed_reason;  // empty = none given; free text, under the module's seal key
    Instant withdrawn_at, stored_at;
};

// Openings stay known, so that a completion that arrives later is not secret any more; unique: (project, section,
// opened_at). What completed after it belongs to another round of bids, whose opening is still to come.
struct OpeningRow {
    std::string project_no, section;  // an empty section = the whole project
    Instant opened_at, stored_at;

    // The clocks of those who complete and of those who open may differ, as the ABI allows.
    static constexpr std::chrono::minutes tolerance{5};
    [[nodiscard]] bool lifts(std::string_view section_of_case, Instant completed_at) const {
        return (section.empty() || section == section_of_case) && completed_at <= opened_at + tolerance;
    }
};

struct LedgerRow {
    std::int32_t lane = 0;
    std::int64_t seq = 0;  // 1.. without gaps
    std::int32_t kind = 0;
    Instant at;
    Bytes canonical;
    Digest hash{};  // SM3(previous hash || canonical)
    Digest seal{};  // HMAC-SM3 of the hash under the ledger key: whoever lacks it cannot write an entry
};

struct LedgerHead {
    std::int32_t lane = 0;
    std::int64_t seq = 0;
    Digest hash{};
};

// E18: items are versioned with their table; here the one in force.
struct ItemRow {
    std::string item_code;
    std::string name;
    std::string area_code, department_code, department_name, task_code, task_handle_item, task_type, project_type;
    bool classified = true;  // false: made from a completion that named an unknown item
};

// What the province calls a step (M11.3).
struct NodeRow {
    std::string node, service_name, project_status;
};

// Policies, calendars, tags and catalogue as loaded; the file is only the source. Unique: (kind, version).
enum class ReferenceKind : std::int32_t { policy = 1, calendar = 2, tags = 3, items = 4, nodes = 5 };
struct ReferenceRow {
    ReferenceKind kind = ReferenceKind::policy;
    std::string version;
    std::string checksum;  // SM3 hex of the content
    std::string content;
    Instant loaded_at;
};

// ---- what is read together ----

struct EvaluationView {
    EvaluationRow evaluation;
    CaseRow of;
    SubjectRow subject;
    std::optional<RatingRow> rating;
    std::optional<DraftRow> draft;
    DeliveryId undelivered_service;  // its M1 while that is not delivered: an M2 made now waits for it; 0 = delivered
};

struct DeliveryWork {
    DeliveryRow delivery;
    EvaluationRow evaluation;
    CaseRow of;
    SubjectRow subject;
    DossierRow dossier;
    std::optional<RatingRow> rating;
    std::vector<std::int32_t> taken_numbers;  // service numbers of this dossier that already belong to an evaluation
};

struct DeliverySummary {
    DeliveryRow delivery;
    std::string case_no, completion_no, node, project_no;  // project_no: the province's
    std::int32_t service_number = 0;
};

struct DeliveryFilter {
    std::optional<DeliveryState> state;
    std::int32_t min_attempts = 0;
    DeliveryId after;
    std::size_t limit = 100;
};

// Never counts what is embargoed (E14).
struct QueueFigures {
    std::int64_t open_evaluations = 0, queued = 0, claimed = 0, delivered = 0, held = 0, parked = 0;
    std::int64_t bad_ratings_without_ticket = 0, unattributed_cases = 0, unclassified_cases = 0;
    std::optional<Instant> oldest_queued_at;
    std::optional<Instant> oldest_secret_since;  // for the 90-day alarm
};

}  // namespace hcp::ports
