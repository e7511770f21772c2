#pragma once
#include "plugin/ports/store/editions.hpp"
#include "plugin/ports/store/store.hpp"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

// The tables of a store that is nothing but memory. A change can be taken back.
namespace hcp::test::memory {

using namespace ports;

// How to take back what a transaction has changed, in reverse.
class Undo {
public:
    void add(std::function<void()> step) { steps_.push_back(std::move(step)); }
    void take_back() {
        while (!steps_.empty()) {
            steps_.back()();
            steps_.pop_back();
        }
    }
    void keep() { steps_.clear(); }

private:
    std::vector<std::function<void()>> steps_;
};

template <class Key, class Row>
class Table {
public:
    [[nodiscard]] const Row* find(const Key& key) const {
        const auto at = rows_.find(key);
        return at == rows_.end() ? nullptr : &at->second;
    }
    [[nodiscard]] bool contains(const Key& key) const { return rows_.contains(key); }
    void put(Undo& undo, const Key& key, Row row) {
        const auto at = rows_.find(key);
        if (at == rows_.end()) {
            rows_.emplace(key, std::move(row));
            undo.add([this, key] { rows_.erase(key); });
        } else {
            undo.add([this, key, old = std::exchange(at->second, std::move(row))]() mutable {
                rows_.insert_or_assign(key, std::move(old));
            });
        }
    }
    void erase(Undo& undo, const Key& key) {
        const auto at = rows_.find(key);
        if (at == rows_.end()) return;
        undo.add([this, key, old = std::move(at->second)]() mutable { rows_.emplace(key, std::move(old)); });
        rows_.erase(at);
    }
    // Ordered by key.
    [[nodiscard]] auto begin() const { return rows_.begin(); }
    [[nodiscard]] auto end() const { return rows_.end(); }
    [[nodiscard]] auto after(const Key& key) const { return rows_.upper_bound(key); }
    [[nodiscard]] auto from(const Key& key) const { return rows_.lower_bound(key); }

private:
    std::map<Key, Row> rows_;
};

struct StoredDelivery {
    DeliveryRow row;
    std::int32_t claimed_by = 0;
};

struct StoredListing {
    std::vector<KnownService> services;
    std::set<std::int32_t> surplus;
    Instant at;
};

struct Leased {
    std::string token;
    Instant until;
};

struct Tables {
    Table<SubjectId, SubjectRow> subjects;
    Table<Digest, SubjectId> subjects_by_lookup;
    Table<CaseId, CaseRow> cases;
    Table<Digest, CaseId> cases_by_key;
    Table<Digest, WithdrawalRow> withdrawals;
    Table<std::tuple<std::string, std::string, Instant>, OpeningRow> openings;
    Table<VisitId, VisitRow> visits;
    Table<Digest, VisitId> visits_by_key;
    Table<DossierId, DossierRow> dossiers;
    Table<std::pair<Digest, std::int32_t>, DossierId> dossiers_by_key;
    Table<std::string, DossierId> dossiers_by_project_no;
    Table<DossierId, StoredListing> listed_services;
    Table<EvaluationId, EvaluationRow> evaluations;
    Table<Digest, EvaluationId> evaluations_by_token;
    Table<std::pair<CaseId, SubjectId>, EvaluationId> evaluations_of_case;
    Table<std::pair<SubjectId, EvaluationId>, char> evaluations_of_subject;
    Table<std::tuple<SubjectId, Instant, EvaluationId>, char> unanswered_of_subject;
    Table<EvaluationId, DoubtRow> doubts;
    Table<EvaluationId, DraftRow> drafts;
    Table<RatingId, RatingRow> ratings;
    Table<std::pair<EvaluationId, std::int32_t>, RatingId> ratings_by_revision;
    Table<RatingId, RatingConsentRow> consents;
    Table<CommentId, CommentRow> comments;
    Table<std::pair<EvaluationId, std::int32_t>, CommentId> comments_by_revision;
    Table<TicketId, TicketRow> tickets;
    Table<RatingId, TicketId> tickets_by_rating;
    Table<CommentId, TicketId> tickets_by_comment;
    Table<DeliveryId, StoredDelivery> deliveries;
    Table<std::tuple<EvaluationId, DeliveryKind, std::int32_t>, DeliveryId> deliveries_by_revision;
    Table<std::pair<std::int32_t, std::int64_t>, LedgerRow> ledger;
    Table<std::tuple<Day, Line, std::string, std::string, Metric>, std::int64_t> counters;
    Table<std::pair<ReferenceKind, std::string>, ReferenceRow> references;
    Table<std::string, ItemRow> items;
    Table<std::pair<std::string, std::int32_t>, StaffRow> staff;
    Table<RoleGrantId, RoleGrantRow> role_grants;
    Table<AttributionId, AttributionRow> attributions;
    Table<StaffInviteId, StaffInviteRow> staff_invites;
    Table<StaffSessionId, StaffSessionRow> staff_sessions;
    Table<ExportId, ExportRow> exports;
    Table<UnmaskingId, UnmaskingRow> unmaskings;
    Table<LeakCaseId, LeakCaseRow> leak_cases;
    Table<InterpretationId, InterpretationRow> interpretations;
    Table<NoticeId, NoticeRow> notices;
    std::tuple<Table<std::pair<std::string, std::int32_t>, DepartmentRow>,
               Table<std::pair<std::string, std::int32_t>, ItemEditionRow>,
               Table<std::pair<std::string, std::int32_t>, GuideRow>>
        editions;
    Table<std::int32_t, Leased> instances;
    Table<std::int32_t, InstanceStateRow> instance_states;
    Table<std::int32_t, ClockMarkRow> clock_marks;
    Table<std::pair<Instant, std::int32_t>, PresenceRow> presences;
    Table<Day, Instant> lost_days;
};

}  // namespace hcp::test::memory
