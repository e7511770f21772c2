#include "tests/support/memory_store.hpp"

#include "plugin/domain/utf8.hpp"
#include "tests/support/memory_tables.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <stdexcept>
#include <unordered_map>

namespace hcp::test {
namespace {

// How an operation ends inside; becomes an error_code where it leaves the store.
struct Failure {
    store_errc code;
};

// One transaction. The first failure stays.
struct Unit {
    Tables& tables;
    Undo undo;
    std::optional<store_errc> failed;

    template <class Work, class T = std::invoke_result_t<Work>>
    result<T> guarded(Work work) {
        try {
            if constexpr (std::is_void_v<T>) {
                work();
                return {};
            } else {
                return work();
            }
        } catch (const Failure& failure) {
            if (!failed) failed = failure.code;
            return make_error_code(failure.code);
        }
    }
};

void refuse_unless(bool right) {
    if (!right) throw Failure{store_errc::refused};
}
void conflict_if(bool taken) {
    if (taken) throw Failure{store_errc::conflict};
}
// The lengths of the columns in sql/, in characters.
void fits(const std::string& text, std::size_t most) {
    refuse_unless(characters(text) <= most);
}

template <class T, class Find>
std::vector<std::optional<T>> in_order(std::span<const Digest> keys, const Find& find) {
    std::vector<std::optional<T>> out;
    for (const auto& key : keys) {
        const T* row = find(key);
        out.push_back(row == nullptr ? std::nullopt : std::optional{*row});
    }
    return out;
}

template <class Id, class Row>
std::vector<Row> page(const Table<Id, Row>& table, const Id& after, std::size_t limit) {
    std::vector<Row> out;
    for (auto at = table.after(after); at != table.end() && out.size() < limit; ++at) out.push_back(at->second);
    return out;
}

class MemorySubjects final : public Subjects {
public:
    explicit MemorySubjects(Unit& unit) : unit_{unit} {}
    result<std::vector<std::optional<SubjectRow>>> by_lookup(std::span<const Digest> keys) override {
        const auto& t = unit_.tables;
        return in_order<SubjectRow>(keys, [&](const Digest& key) {
            const auto* id = t.subjects_by_lookup.find(key);
            return id == nullptr ? nullptr : t.subjects.find(*id);
        });
    }
    result<void> insert(std::span<const SubjectRow> all) override {
        return unit_.guarded([&] {
            auto& t = unit_.tables;
            for (const auto& row : all) {
                conflict_if(t.subjects.contains(row.id) || t.subjects_by_lookup.contains(row.lookup));
                t.subjects.put(unit_.undo, row.id, row);
                t.subjects_by_lookup.put(unit_.undo, row.lookup, row.id);
            }
        });
    }

private:
    Unit& unit_;
};

class MemoryCases final : public Cases {
public:
    explicit MemoryCases(Unit& unit) : unit_{unit} {}
    result<std::vector<std::optional<CaseRow>>> by_key(std::span<const Digest> keys) override {
        const auto& t = unit_.tables;
        return in_order<CaseRow>(keys, [&](const Digest& key) {
            const auto* id = t.cases_by_key.find(key);
            return id == nullptr ? nullptr : t.cases.find(*id);
        });
    }
    result<std::vector<std::optional<WithdrawalRow>>> withdrawals(std::span<const Digest> keys) override {
        return in_order<WithdrawalRow>(keys, [&](const Digest& key) { return unit_.tables.withdrawals.find(key); });
    }
    result<std::vector<CaseRow>> after(CaseId id, std::size_t limit) override {
        return page(unit_.tables.cases, id, limit);
    }
    result<void> insert(std::span<const CaseRow> all) override {
        return unit_.guarded([&] {
            auto& t = unit_.tables;
            for (const auto& row : all) {
                check(row);
                conflict_if(t.cases.contains(row.id) || t.cases_by_key.contains(row.key_digest));
                t.cases.put(unit_.undo, row.id, row);
                t.cases_by_key.put(unit_.undo, row.key_digest, row.id);
            }
        });
    }
    result<void> insert(std::span<const WithdrawalRow> all) override {
        return unit_.guarded([&] {
            for (const auto& row : all) {
                conflict_if(unit_.tables.withdrawals.contains(row.key_digest));
                unit_.tables.withdrawals.put(unit_.undo, row.key_digest, row);
            }
        });
    }
    result<void> withdraw(CaseId id, Instant at) override {
        if (const auto* found = unit_.tables.cases.find(id)) {
            auto row = *found;
            row.withdrawn = true;
            row.withdrawn_at = at;
            unit_.tables.cases.put(unit_.undo, id, std::move(row));
        }
        return {};
    }
    result<std::vector<CaseId>> lift(const OpeningRow& opening, Instant at) override {
        std::vector<CaseId> lifted;
        for (const auto& [id, row] : unit_.tables.cases)
            if (row.secrecy() != open_to_all && row.project_no == opening.project_no &&
                opening.lifts(row.section, row.completed_at))
                lifted.push_back(id);
        for (const auto id : lifted) {
            auto row = *unit_.tables.cases.find(id);
            row.secrecy_lifted_at = at;
            unit_.tables.cases.put(unit_.undo, id, std::move(row));
        }
        return lifted;
    }

private:
    static void check(const CaseRow& row) {
        fits(row.host_id, 32);
        fits(row.case_no, 64);
        fits(row.completion_no, 32);
        fits(row.project_no, 64);
        fits(row.section, 64);
        fits(row.node, 40);
        fits(row.project_name, 200);
        fits(row.item_code, 64);
        fits(row.department_id, 64);
        fits(row.department_name, 100);
        refuse_unless(row.mode >= Mode::unknown && row.mode <= Mode::on_site);
    }

    Unit& unit_;
};

class MemoryOpenings final : public Openings {
public:
    explicit MemoryOpenings(Unit& unit) : unit_{unit} {}
    result<std::vector<OpeningRow>> of_projects(std::span<const std::string> project_nos) override {
        const std::set<std::string> asked{project_nos.begin(), project_nos.end()};
        std::vector<OpeningRow> out;
        for (const auto& [key, row] : unit_.tables.openings)
            if (asked.contains(row.project_no)) out.push_back(row);
        return out;
    }
    result<std::vector<OpeningRow>> all() override {
        std::vector<OpeningRow> out;
        for (const auto& [key, row] : unit_.tables.openings) out.push_back(row);
        return out;
    }
    result<void> insert(std::span<const OpeningRow> all) override {
        return unit_.guarded([&] {
            for (const auto& row : all) {
                const std::tuple key{row.project_no, row.section, row.opened_at};
                conflict_if(unit_.tables.openings.contains(key));
                unit_.tables.openings.put(unit_.undo, key, row);
            }
        });
    }

private:
    Unit& unit_;
};

class MemoryVisits final : public Visits {
public:
    explicit MemoryVisits(Unit& unit) : unit_{unit} {}
    result<std::vector<bool>> known(std::span<const Digest> keys) override {
        std::vector<bool> out;
        for (const auto& key : keys) out.push_back(unit_.tables.visits_by_key.contains(key));
        return out;
    }
    result<std::vector<VisitRow>> after(VisitId id, std::size_t limit) override {
        return page(unit_.tables.visits, id, limit);
    }
    result<void> insert(std::span<const VisitRow> all) override {
        return unit_.guarded([&] {
            auto& t = unit_.tables;
            for (const auto& row : all) {
                conflict_if(t.visits.contains(row.id) || t.visits_by_key.contains(row.key_digest));
                t.visits.put(unit_.undo, row.id, row);
                t.visits_by_key.put(unit_.undo, row.key_digest, row.id);
            }
        });
    }

private:
    Unit& unit_;
};

// What it waits for counts only while that is owed.
DossierRow as_read(const Tables& t, DossierRow row) {
    const auto* last = t.deliveries.find(row.last_service_delivery);
    if (last == nullptr || last->row.state == DeliveryState::delivered) row.last_service_delivery = {};
    return row;
}

class MemoryDossiers final : public Dossiers {
public:
    explicit MemoryDossiers(Unit& unit) : unit_{unit} {}
    result<std::vector<std::optional<DossierRow>>> by_key(std::span<const Digest> keys) override {
        const auto& t = unit_.tables;
        std::vector<std::optional<DossierRow>> out;
        for (const auto& key : keys) {
            out.emplace_back();
            constexpr auto first = std::numeric_limits<std::int32_t>::min();
            for (auto at = t.dossiers_by_key.from({key, first});
                 at != t.dossiers_by_key.end() && at->first.first == key; ++at)
                out.back() = as_read(t, *t.dossiers.find(at->second));
        }
        return out;
    }
    result<void> insert(std::span<const DossierRow> all) override {
        return unit_.guarded([&] {
            auto& t = unit_.tables;
            for (const auto& row : all) {
                const std::pair key{row.key_digest, row.overflow};
                conflict_if(t.dossiers.contains(row.id) || t.dossiers_by_key.contains(key) ||
                            t.dossiers_by_project_no.contains(row.project_no));
                t.dossiers.put(unit_.undo, row.id, row);
                t.dossiers_by_key.put(unit_.undo, key, row.id);
                t.dossiers_by_project_no.put(unit_.undo, row.project_no, row.id);
            }
        });
    }
    result<void> update(std::span<const DossierRow> all, std::span<const std::int32_t> expected) override {
        return unit_.guarded([&] {
            for (std::size_t i = 0; i < all.size(); ++i) {
                const auto* found = unit_.tables.dossiers.find(all[i].id);
                conflict_if(found == nullptr || found->service_count != expected[i]);
                auto row = *found;
                row.service_count = all[i].service_count;
                row.last_service_delivery = all[i].last_service_delivery;
                unit_.tables.dossiers.put(unit_.undo, row.id, std::move(row));
            }
        });
    }

private:
    Unit& unit_;
};

class MemoryDrafts final : public Drafts {
public:
    explicit MemoryDrafts(Unit& unit) : unit_{unit} {}
    result<void> put(const DraftRow& draft) override {
        auto row = draft;
        if (const auto* stored = unit_.tables.drafts.find(row.evaluation_id))
            row.first_tapped_at = stored->first_tapped_at;
        unit_.tables.drafts.put(unit_.undo, draft.evaluation_id, std::move(row));
        return {};
    }
    result<void> drop(std::span<const EvaluationId> ids) override {
        for (const auto id : ids) unit_.tables.drafts.erase(unit_.undo, id);
        return {};
    }

private:
    Unit& unit_;
};

class MemoryRatings final : public Ratings {
public:
    explicit MemoryRatings(Unit& unit) : unit_{unit} {}
    result<std::vector<RatingRow>> after(RatingId id, std::size_t limit) override {
        return page(unit_.tables.ratings, id, limit);
    }
    result<void> insert(std::span<const RatingRow> all) override {
        return unit_.guarded([&] {
            auto& t = unit_.tables;
            for (const auto& row : all) {
                const std::pair key{row.evaluation_id, row.revision};
                refuse_unless(t.evaluations.contains(row.evaluation_id));
                conflict_if(t.ratings.contains(row.id) || t.ratings_by_revision.contains(key));
                t.ratings.put(unit_.undo, row.id, row);
                t.ratings_by_revision.put(unit_.undo, key, row.id);
            }
        });
    }

private:
    Unit& unit_;
};

class MemoryComments final : public Comments {
public:
    explicit MemoryComments(Unit& unit) : unit_{unit} {}
    result<std::optional<CommentRow>> by_request(EvaluationId id, const Digest& request) override {
        for (const auto& [key, row] : unit_.tables.comments)
            if (row.evaluation_id == id && row.request_digest == request) return std::optional{row};
        return std::optional<CommentRow>{};
    }
    result<std::vector<CommentRow>> of(std::span<const EvaluationId> ids) override {
        const std::set<EvaluationId> asked{ids.begin(), ids.end()};
        std::vector<CommentRow> out;
        for (const auto& [key, row] : unit_.tables.comments)
            if (asked.contains(row.evaluation_id)) out.push_back(row);
        return out;
    }
    result<std::vector<CommentRow>> after(CommentId id, std::size_t limit) override {
        return page(unit_.tables.comments, id, limit);
    }
    result<void> insert(std::span<const CommentRow> all) override {
        return unit_.guarded([&] {
            for (const auto& row : all) {
                refuse_unless(unit_.tables.evaluations.contains(row.evaluation_id));
                conflict_if(unit_.tables.comments.contains(row.id));
                unit_.tables.comments.put(unit_.undo, row.id, row);
            }
        });
    }

private:
    Unit& unit_;
};

class MemoryTickets final : public Tickets {
public:
    explicit MemoryTickets(Unit& unit) : unit_{unit} {}
    result<std::vector<TicketRow>> after(TicketId id, std::size_t limit) override {
        return page(unit_.tables.tickets, id, limit);
    }
    result<void> insert(std::span<const TicketRow> all) override {
        return unit_.guarded([&] {
            auto& t = unit_.tables;
            for (const auto& row : all) {
                refuse_unless(t.evaluations.contains(row.evaluation_id));
                const bool of_rating = row.rating_id != RatingId{}, of_comment = row.comment_id != CommentId{};
                conflict_if(t.tickets.contains(row.id) || (of_rating && t.tickets_by_rating.contains(row.rating_id)) ||
                            (of_comment && t.tickets_by_comment.contains(row.comment_id)));
                t.tickets.put(unit_.undo, row.id, row);
                if (of_rating) t.tickets_by_rating.put(unit_.undo, row.rating_id, row.id);
                if (of_comment) t.tickets_by_comment.put(unit_.undo, row.comment_id, row.id);
            }
        });
    }

private:
    Unit& unit_;
};

std::optional<RatingRow> rating_of(const Tables& t, RatingId id) {
    const auto* rating = t.ratings.find(id);
    return rating == nullptr ? std::nullopt : std::optional{*rating};
}

class MemoryEvaluations final : public Evaluations {
public:
    explicit MemoryEvaluations(Unit& unit) : unit_{unit} {}
    using Evaluations::by_token;
    result<std::vector<std::optional<EvaluationView>>> by_token(std::span<const Digest> tokens) override {
        std::vector<std::optional<EvaluationView>> out;
        for (const auto& token : tokens) {
            const auto* id = unit_.tables.evaluations_by_token.find(token);
            out.push_back(id == nullptr ? std::nullopt : std::optional{view(*id)});
        }
        return out;
    }
    result<std::vector<EvaluationView>> of_case(CaseId id) override {
        std::vector<EvaluationView> out;
        for (const auto evaluation : ids_of(id)) out.push_back(view(evaluation));
        return out;
    }
    result<std::vector<EvaluationView>> of_subject(const Digest& lookup, EvaluationId before,
                                                   std::size_t limit) override {
        const auto& t = unit_.tables;
        std::vector<EvaluationView> out;
        const auto* subject = t.subjects_by_lookup.find(lookup);
        if (subject == nullptr) return out;
        constexpr auto most = std::numeric_limits<std::int64_t>::max();
        const EvaluationId end = before == EvaluationId{} ? EvaluationId{most} : before;
        auto at = t.evaluations_of_subject.from({*subject, end});
        while (out.size() < limit && at != t.evaluations_of_subject.begin()) {
            --at;
            if (at->first.first != *subject) break;
            out.push_back(view(at->first.second));
        }
        return out;
    }
    result<std::vector<EvaluationView>> due(Instant at, std::size_t limit) override {
        std::set<std::pair<Instant, EvaluationId>> found;
        for (const auto& [id, row] : unit_.tables.evaluations)
            if (row.state == EvaluationState::open && row.deadline <= at) found.emplace(row.deadline, id);
        std::vector<EvaluationView> out;
        for (const auto& [deadline, id] : found)
            if (out.size() < limit) out.push_back(view(id));
        return out;
    }
    result<std::vector<EvaluationView>> open_after(EvaluationId id, std::size_t limit) override {
        return views_after(id, limit, [](const EvaluationRow& row) { return row.state == EvaluationState::open; });
    }
    result<std::vector<EvaluationView>> after(EvaluationId id, std::size_t limit) override {
        return views_after(id, limit, [](const EvaluationRow&) { return true; });
    }
    result<void> insert(std::span<const EvaluationRow> all) override {
        return unit_.guarded([&] {
            auto& t = unit_.tables;
            for (const auto& row : all) {
                refuse_unless(t.cases.contains(row.case_id) && t.subjects.contains(row.subject_id) &&
                              (row.dossier_id == DossierId{} || t.dossiers.contains(row.dossier_id)));
                const std::pair once{row.case_id, row.subject_id};
                conflict_if(t.evaluations.contains(row.id) || t.evaluations_by_token.contains(row.token_digest) ||
                            t.evaluations_of_case.contains(once));
                t.evaluations.put(unit_.undo, row.id, row);
                t.evaluations_by_token.put(unit_.undo, row.token_digest, row.id);
                t.evaluations_of_case.put(unit_.undo, once, row.id);
                t.evaluations_of_subject.put(unit_.undo, {row.subject_id, row.id}, 0);
            }
        });
    }
    result<std::vector<bool>> move(std::span<const EvaluationStep> all) override {
        std::vector<bool> moved;
        for (const auto& step : all) {
            const auto* found = unit_.tables.evaluations.find(step.id);
            moved.push_back(found != nullptr && found->state == step.from && !found->withdrawn);
            if (!moved.back()) continue;
            auto row = *found;
            row.state = step.to;
            row.withdrawn = step.withdrawn;
            if (step.rating_id != RatingId{}) row.rating_id = step.rating_id;
            unit_.tables.evaluations.put(unit_.undo, step.id, std::move(row));
        }
        return moved;
    }
    result<void> extend(std::span<const NewDeadline> all, std::string_view calendar_version) override {
        auto& t = unit_.tables;
        for (const auto& deadline : all) {
            const auto* found = t.evaluations.find(deadline.id);
            if (found == nullptr || found->state != EvaluationState::open) continue;
            auto row = *found;
            row.deadline_by_completion = deadline.deadline_by_completion;
            row.deadline = deadline.deadline;
            row.provisional = deadline.provisional;
            auto of = *t.cases.find(row.case_id);
            of.calendar_version = calendar_version;
            t.cases.put(unit_.undo, row.case_id, std::move(of));
            t.evaluations.put(unit_.undo, deadline.id, std::move(row));
        }
        return {};
    }
    result<std::vector<EvaluationView>> lift(std::span<const CaseId> cases) override {
        std::vector<EvaluationView> lifted;
        for (const auto of : cases)
            for (const auto id : ids_of(of)) {
                auto row = *unit_.tables.evaluations.find(id);
                if (row.secrecy == open_to_all) continue;
                row.secrecy = open_to_all;
                unit_.tables.evaluations.put(unit_.undo, id, std::move(row));
                lifted.push_back(view(id));
            }
        return lifted;
    }

private:
    EvaluationView view(EvaluationId id) const {
        const auto& t = unit_.tables;
        EvaluationView v;
        v.evaluation = *t.evaluations.find(id);
        v.of = *t.cases.find(v.evaluation.case_id);
        v.subject = *t.subjects.find(v.evaluation.subject_id);
        v.rating = rating_of(t, v.evaluation.rating_id);
        if (const auto* draft = t.drafts.find(id)) v.draft = *draft;
        for (auto at = t.deliveries_by_revision.from({id, DeliveryKind::service, 0});
             at != t.deliveries_by_revision.end() && std::get<0>(at->first) == id &&
             std::get<1>(at->first) == DeliveryKind::service;
             ++at)
            if (t.deliveries.find(at->second)->row.state != DeliveryState::delivered)
                v.undelivered_service = std::max(v.undelivered_service, at->second);
        return v;
    }
    std::set<EvaluationId> ids_of(CaseId id) const {
        std::set<EvaluationId> ids;
        constexpr SubjectId first{std::numeric_limits<std::int64_t>::min()};
        const auto& t = unit_.tables;
        for (auto at = t.evaluations_of_case.from({id, first});
             at != t.evaluations_of_case.end() && at->first.first == id; ++at)
            ids.insert(at->second);
        return ids;
    }
    template <class Wanted>
    std::vector<EvaluationView> views_after(EvaluationId id, std::size_t limit, const Wanted& wanted) const {
        std::vector<EvaluationView> out;
        const auto& t = unit_.tables.evaluations;
        for (auto at = t.after(id); at != t.end() && out.size() < limit; ++at)
            if (wanted(at->second)) out.push_back(view(at->first));
        return out;
    }

    Unit& unit_;
};

class MemoryDeliveries final : public Deliveries {
public:
    explicit MemoryDeliveries(Unit& unit) : unit_{unit} {}
    result<std::vector<DeliverySummary>> list(const DeliveryFilter& filter) override {
        const auto& t = unit_.tables.deliveries;
        std::vector<DeliverySummary> out;
        for (auto at = t.after(filter.after); at != t.end() && out.size() < filter.limit; ++at) {
            const auto& row = at->second.row;
            if (told(row) && (!filter.state || row.state == *filter.state) && row.attempts >= filter.min_attempts)
                out.push_back(summary(row));
        }
        return out;
    }
    result<std::optional<DeliverySummary>> find(DeliveryId id) override {
        const auto* found = unit_.tables.deliveries.find(id);
        if (found == nullptr || !told(found->row)) return std::optional<DeliverySummary>{};
        return std::optional{summary(found->row)};
    }
    result<void> insert(std::span<const DeliveryRow> all) override {
        return unit_.guarded([&] {
            auto& t = unit_.tables;
            for (const auto& row : all) {
                const std::tuple once{row.evaluation_id, row.kind, row.revision};
                refuse_unless(t.evaluations.contains(row.evaluation_id));
                conflict_if(t.deliveries.contains(row.id) || t.deliveries_by_revision.contains(once));
                t.deliveries_by_revision.put(unit_.undo, once, row.id);
                t.deliveries.put(unit_.undo, row.id, {row});
            }
            for (const auto& row : all) {
                const auto* first = t.deliveries.find(row.waits_for);
                if (first != nullptr && first->row.state == DeliveryState::delivered)
                    change(row.id, [](DeliveryRow& waiting) { waiting.waits_for = {}; });
            }
        });
    }
    result<std::vector<DeliveryWork>> claim(std::int32_t owner, Instant now, Instant lease_until,
                                            std::size_t limit) override {
        std::set<std::pair<Instant, DeliveryId>> due;
        for (const auto& [id, stored] : unit_.tables.deliveries) {
            const auto& row = stored.row;
            if ((row.state == DeliveryState::queued || row.state == DeliveryState::claimed) &&
                row.waits_for == DeliveryId{} && row.next_at <= now)
                due.emplace(row.next_at, id);
        }
        std::vector<DeliveryWork> works;
        for (const auto& [next_at, id] : due) {
            if (works.size() == limit) break;
            change(
                id,
                [&](DeliveryRow& row) {
                    row.outcome_unknown |= row.state == DeliveryState::claimed;
                    row.state = DeliveryState::claimed;
                    row.next_at = lease_until;
                    ++row.attempts;
                },
                owner);
            works.push_back(work(id));
        }
        return works;
    }
    result<void> mark(std::int32_t owner, std::span<const DeliveryMark> marks) override {
        return unit_.guarded([&] {
            auto& t = unit_.tables;
            for (const auto& m : marks) {
                const auto* found = t.deliveries.find(m.id);
                conflict_if(found == nullptr || found->row.state != DeliveryState::claimed ||
                            found->claimed_by != owner);
                change(m.id, [&](DeliveryRow& row) {
                    row.state = m.state;
                    row.held_reason = m.held_reason;
                    row.outcome_unknown = m.outcome_unknown;
                    row.next_at = m.next_at;
                    row.last_reason = first_characters(m.reason, 500);
                    if (m.sent_digest != no_digest) row.sent_digest = m.sent_digest;
                    row.delivered_at = m.state == DeliveryState::delivered ? std::optional{m.at} : std::nullopt;
                    row.held_since = m.state == DeliveryState::held ? std::optional{m.at} : std::nullopt;
                });
                learn(m);
                if (m.state == DeliveryState::delivered) release(m.id);
            }
        });
    }
    result<void> expire_claims(std::int32_t owner) override {
        for (const auto id : ids([&](const StoredDelivery& d) {
                 return d.row.state == DeliveryState::claimed && d.claimed_by == owner;
             }))
            change(
                id, [](DeliveryRow& row) { row.next_at = row.created_at; }, owner);
        return {};
    }
    result<void> lift(std::span<const EvaluationId> evaluations, Instant now) override {
        const std::set<EvaluationId> lifted{evaluations.begin(), evaluations.end()};
        back_to_queue(now, [&](const DeliveryRow& row) {
            return row.held_reason == HeldReason::secrecy && lifted.contains(row.evaluation_id);
        });
        return {};
    }
    result<std::int64_t> requeue(DeliveryId id, Instant now, Instant give_up_at) override {
        const auto* found = unit_.tables.deliveries.find(id);
        if (found == nullptr || !told(found->row) ||
            (found->row.state != DeliveryState::held && found->row.state != DeliveryState::parked))
            return 0;
        change(id, [&](DeliveryRow& row) {
            row.state = DeliveryState::queued;
            row.held_reason = HeldReason::none;
            row.next_at = now;
            row.give_up_at = give_up_at;
            row.held_since.reset();
        });
        return 1;
    }
    result<std::int64_t> requeue_classified(std::span<const std::string> item_codes, Instant now) override {
        const std::set<std::string> known{item_codes.begin(), item_codes.end()};
        return back_to_queue(now, [&](const DeliveryRow& row) {
            return row.held_reason == HeldReason::unclassified && row.kind == DeliveryKind::service && told(row) &&
                   known.contains(case_of(row).item_code);
        });
    }

private:
    const EvaluationRow& evaluation_of(const DeliveryRow& row) const {
        return *unit_.tables.evaluations.find(row.evaluation_id);
    }
    const CaseRow& case_of(const DeliveryRow& row) const {
        return *unit_.tables.cases.find(evaluation_of(row).case_id);
    }
    bool told(const DeliveryRow& row) const { return evaluation_of(row).secrecy.may_be_told(); }

    template <class Wanted>
    std::vector<DeliveryId> ids(const Wanted& wanted) const {
        std::vector<DeliveryId> out;
        for (const auto& [id, stored] : unit_.tables.deliveries)
            if (wanted(stored)) out.push_back(id);
        return out;
    }
    template <class Change>
    void change(DeliveryId id, const Change& change, std::int32_t claimed_by = 0) {
        auto stored = *unit_.tables.deliveries.find(id);
        change(stored.row);
        stored.claimed_by = claimed_by;
        unit_.tables.deliveries.put(unit_.undo, id, std::move(stored));
    }
    template <class Wanted>
    std::int64_t back_to_queue(Instant now, const Wanted& wanted) {
        const auto all =
            ids([&](const StoredDelivery& d) { return d.row.state == DeliveryState::held && wanted(d.row); });
        for (const auto id : all)
            change(id, [&](DeliveryRow& row) {
                row.state = DeliveryState::queued;
                row.held_reason = HeldReason::none;
                row.give_up_at += now - row.held_since.value_or(row.next_at);
                row.next_at = now;
                row.held_since.reset();
            });
        return std::ssize(all);
    }
    void learn(const DeliveryMark& m) {
        const auto* found = unit_.tables.evaluations.find(m.evaluation_id);
        if (found == nullptr || (m.service_number == 0 && m.service_time.empty())) return;
        auto row = *found;
        if (m.service_number != 0) row.service_number = m.service_number;
        if (!m.service_time.empty()) row.service_time = m.service_time;
        unit_.tables.evaluations.put(unit_.undo, m.evaluation_id, std::move(row));
    }
    void release(DeliveryId delivered) {
        for (const auto id : ids([&](const StoredDelivery& d) { return d.row.waits_for == delivered; })) {
            const auto owner = unit_.tables.deliveries.find(id)->claimed_by;
            change(
                id, [](DeliveryRow& row) { row.waits_for = {}; }, owner);
        }
    }
    DeliverySummary summary(const DeliveryRow& row) const {
        const auto& of = case_of(row);
        const auto* dossier = unit_.tables.dossiers.find(row.dossier_id);
        return {row,
                of.case_no,
                of.completion_no,
                of.node,
                dossier == nullptr ? std::string{} : dossier->project_no,
                evaluation_of(row).service_number};
    }
    DeliveryWork work(DeliveryId id) const {
        const auto& t = unit_.tables;
        DeliveryWork w;
        w.delivery = t.deliveries.find(id)->row;
        w.evaluation = evaluation_of(w.delivery);
        w.of = case_of(w.delivery);
        w.subject = *t.subjects.find(w.evaluation.subject_id);
        if (const auto* dossier = t.dossiers.find(w.delivery.dossier_id)) w.dossier = as_read(t, *dossier);
        w.rating = rating_of(t, w.delivery.rating_id);
        for (const auto& [other, row] : t.evaluations)
            if (row.dossier_id == w.dossier.id && row.service_number != 0)
                w.taken_numbers.push_back(row.service_number);
        std::sort(w.taken_numbers.begin(), w.taken_numbers.end());
        return w;
    }

    Unit& unit_;
};

class MemoryLedger final : public Ledger {
public:
    explicit MemoryLedger(Unit& unit) : unit_{unit} {}
    result<std::vector<LedgerHead>> heads() override {
        std::vector<LedgerHead> heads;
        for (const auto& [key, row] : unit_.tables.ledger) {
            if (heads.empty() || heads.back().lane != row.lane) heads.emplace_back();
            heads.back() = {row.lane, row.seq, row.hash};
        }
        return heads;
    }
    result<std::vector<LedgerRow>> after(std::int32_t lane, std::int64_t seq, std::size_t limit) override {
        const auto& t = unit_.tables.ledger;
        std::vector<LedgerRow> out;
        for (auto at = t.after({lane, seq}); at != t.end() && at->first.first == lane && out.size() < limit; ++at)
            out.push_back(at->second);
        return out;
    }
    result<void> append(std::span<const LedgerRow> all) override {
        return unit_.guarded([&] {
            for (const auto& row : all) {
                const std::pair key{row.lane, row.seq};
                conflict_if(unit_.tables.ledger.contains(key));
                unit_.tables.ledger.put(unit_.undo, key, row);
            }
        });
    }

private:
    Unit& unit_;
};

class MemoryFigures final : public Figures {
public:
    explicit MemoryFigures(Unit& unit) : unit_{unit} {}
    result<QueueFigures> queues() override {
        const auto& t = unit_.tables;
        QueueFigures out;
        for (const auto& [id, row] : t.evaluations)
            if (row.state == EvaluationState::open) out.open_evaluations += row.secrecy.counts();
        for (const auto& [id, row] : t.ratings)
            if (is_bad(row.level) && !t.tickets_by_rating.contains(id))
                out.bad_ratings_without_ticket += t.evaluations.find(row.evaluation_id)->secrecy.counts();
        for (const auto& [id, row] : t.cases) count(row, out);
        for (const auto& [id, stored] : t.deliveries) count(stored.row, out);
        return out;
    }
    result<std::vector<Count>> counts(Day from, Day to) override {
        std::vector<Count> out;
        for (const auto& [key, n] : unit_.tables.counters) {
            const auto& [day, line, department, item, metric] = key;
            if (day >= from && day < to && n != 0) out.push_back({day, line, department, item, metric, n});
        }
        return out;
    }
    result<std::vector<Count>> recounted(Day from, Day to) override {
        const auto& t = unit_.tables;
        std::map<std::tuple<Day, Line, std::string, std::string, Metric>, std::int64_t> sums;
        const auto add = [&](Day day, Line line, const std::string& department, const std::string& item,
                             Metric metric) {
            if (day >= from && day < to) ++sums[{day, line, department, item, metric}];
        };
        const auto of_evaluation = [&](const EvaluationRow& row, Metric metric) {
            const auto& of = *t.cases.find(row.case_id);
            if (row.secrecy.may_be_told())
                add(day_of(of.completed_at), of.line, of.department_id, of.item_code, metric);
        };
        for (const auto& [id, row] : t.evaluations) {
            const bool voided = row.state == EvaluationState::voided;
            if (!voided || row.service_ordinal != 0) of_evaluation(row, Metric::opened);
            if (voided) of_evaluation(row, Metric::voided);
            if (row.withdrawn) of_evaluation(row, Metric::withdrawn_after_rating);
            if (const auto* rating = t.ratings.find(row.rating_id); rating != nullptr && !row.withdrawn)
                of_evaluation(row, rated_metric(rating->origin, rating->level));
        }
        for (const auto& [id, row] : t.comments)
            of_evaluation(*t.evaluations.find(row.evaluation_id), Metric::comment_late);
        for (const auto& [id, row] : t.tickets)
            of_evaluation(*t.evaluations.find(row.evaluation_id), Metric::ticket_opened);
        for (const auto& [id, row] : t.visits)
            add(day_of(row.visited_at), row.line, row.department_id, row.item_code, Metric::visit);
        std::vector<Count> out;
        for (const auto& [key, n] : sums) {
            const auto& [day, line, department, item, metric] = key;
            out.push_back({day, line, department, item, metric, n});
        }
        return out;
    }
    result<void> add(std::span<const Count> all) override {
        auto& t = unit_.tables.counters;
        for (const auto& count : all) {
            const std::tuple key{count.day, count.line, count.department_id, count.item_code, count.metric};
            const auto* sum = t.find(key);
            t.put(unit_.undo, key, (sum == nullptr ? 0 : *sum) + count.n);
        }
        return {};
    }

private:
    void count(const CaseRow& row, QueueFigures& out) const {
        if (row.withdrawn) return;
        const auto secrecy = row.secrecy();
        if (row.unattributed) out.unattributed_cases += secrecy.counts();
        const auto* item = unit_.tables.items.find(row.item_code);
        if (row.unclassified && (item == nullptr || !item->classified)) out.unclassified_cases += secrecy.counts();
        if (!secrecy.may_be_told())
            out.oldest_secret_since = std::min(row.opened_at, out.oldest_secret_since.value_or(row.opened_at));
    }
    void count(const DeliveryRow& row, QueueFigures& out) const {
        const auto secrecy = unit_.tables.evaluations.find(row.evaluation_id)->secrecy;
        switch (row.state) {
            case DeliveryState::queued:
                if (secrecy.may_be_told() && !out.oldest_queued_at) out.oldest_queued_at = row.created_at;
                out.queued += secrecy.counts();
                break;
            case DeliveryState::claimed:
                out.claimed += secrecy.counts();
                break;
            case DeliveryState::delivered:
                out.delivered += secrecy.counts();
                break;
            case DeliveryState::held:
                out.held += secrecy.counts();
                break;
            case DeliveryState::parked:
                out.parked += secrecy.counts();
                break;
        }
    }

    Unit& unit_;
};

class MemoryReferences final : public References {
public:
    explicit MemoryReferences(Unit& unit) : unit_{unit} {}
    result<std::vector<ReferenceRow>> of(ReferenceKind kind) override {
        std::vector<ReferenceRow> out;
        for (const auto& [key, row] : unit_.tables.references)
            if (row.kind == kind) out.push_back(row);
        std::stable_sort(out.begin(), out.end(),
                         [](const auto& a, const auto& b) { return a.loaded_at < b.loaded_at; });
        return out;
    }
    result<void> insert(std::span<const ReferenceRow> all) override {
        return unit_.guarded([&] {
            for (const auto& row : all) {
                const std::pair key{row.kind, row.version};
                conflict_if(unit_.tables.references.contains(key));
                unit_.tables.references.put(unit_.undo, key, row);
            }
        });
    }

private:
    Unit& unit_;
};

class MemoryCatalogue final : public Catalogue {
public:
    explicit MemoryCatalogue(Unit& unit) : unit_{unit} {}
    result<std::vector<ItemRow>> items() override {
        std::vector<ItemRow> out;
        for (const auto& [code, row] : unit_.tables.items) out.push_back(row);
        return out;
    }
    result<void> put(std::span<const ItemRow> all) override {
        for (const auto& row : all) unit_.tables.items.put(unit_.undo, row.item_code, row);
        return {};
    }

private:
    Unit& unit_;
};

struct Together {
    explicit Together(Unit& unit)
        : cases{unit},
          catalogue{unit},
          comments{unit},
          deliveries{unit},
          dossiers{unit},
          drafts{unit},
          evaluations{unit},
          figures{unit},
          ledger{unit},
          openings{unit},
          ratings{unit},
          references{unit},
          subjects{unit},
          tickets{unit},
          visits{unit} {}

    MemoryCases cases;
    MemoryCatalogue catalogue;
    MemoryComments comments;
    MemoryDeliveries deliveries;
    MemoryDossiers dossiers;
    MemoryDrafts drafts;
    MemoryEvaluations evaluations;
    MemoryFigures figures;
    MemoryLedger ledger;
    MemoryOpenings openings;
    MemoryRatings ratings;
    MemoryReferences references;
    MemorySubjects subjects;
    MemoryTickets tickets;
    MemoryVisits visits;
};

class MemorySnapshot final : public Snapshot {
public:
    explicit MemorySnapshot(Unit& unit) : all_{unit} {}
    CaseQueries& cases() override { return all_.cases; }
    CatalogueQueries& catalogue() override { return all_.catalogue; }
    CommentQueries& comments() override { return all_.comments; }
    DeliveryQueries& deliveries() override { return all_.deliveries; }
    DossierQueries& dossiers() override { return all_.dossiers; }
    EvaluationQueries& evaluations() override { return all_.evaluations; }
    FigureQueries& figures() override { return all_.figures; }
    LedgerQueries& ledger() override { return all_.ledger; }
    OpeningQueries& openings() override { return all_.openings; }
    RatingQueries& ratings() override { return all_.ratings; }
    ReferenceQueries& references() override { return all_.references; }
    SubjectQueries& subjects() override { return all_.subjects; }
    TicketQueries& tickets() override { return all_.tickets; }
    VisitQueries& visits() override { return all_.visits; }

private:
    Together all_;
};

class MemoryTransaction final : public Transaction {
public:
    explicit MemoryTransaction(Unit& unit) : all_{unit} {}
    Cases& cases() override { return all_.cases; }
    Catalogue& catalogue() override { return all_.catalogue; }
    Comments& comments() override { return all_.comments; }
    Deliveries& deliveries() override { return all_.deliveries; }
    Dossiers& dossiers() override { return all_.dossiers; }
    Drafts& drafts() override { return all_.drafts; }
    Evaluations& evaluations() override { return all_.evaluations; }
    Figures& figures() override { return all_.figures; }
    Ledger& ledger() override { return all_.ledger; }
    Openings& openings() override { return all_.openings; }
    Ratings& ratings() override { return all_.ratings; }
    References& references() override { return all_.references; }
    Subjects& subjects() override { return all_.subjects; }
    Tickets& tickets() override { return all_.tickets; }
    Visits& visits() override { return all_.visits; }

private:
    Together all_;
};

}  // namespace

MemoryDatabase::MemoryDatabase() : tables_{std::make_shared<Tables>()} {}

result<void> MemoryStore::read(const std::function<result<void>(Snapshot&)>& work) {
    if (database_.writing_ == std::this_thread::get_id()) throw std::logic_error{"a read within a write"};
    std::shared_ptr<Tables> tables;
    {
        const std::lock_guard lock{database_.mutex_};
        tables = database_.tables_;
    }
    try {
        Unit unit{*tables, {}, {}};
        MemorySnapshot snapshot{unit};
        return work(snapshot);
    } catch (const std::exception&) {
        return make_error_code(store_errc::unavailable);
    }
}

result<void> MemoryStore::write(const std::function<result<void>(Transaction&)>& work) {
    if (database_.writing_ == std::this_thread::get_id()) throw std::logic_error{"a write within a write"};
    const std::lock_guard lock{database_.mutex_};
    struct Mine {
        std::atomic<std::thread::id>& who;
        explicit Mine(std::atomic<std::thread::id>& id) : who{id} { who = std::this_thread::get_id(); }
        ~Mine() { who = std::thread::id{}; }
    };
    const Mine mine(database_.writing_);
    // Nobody else can begin to read now, but somebody may still be reading.
    if (database_.tables_.use_count() > 1) database_.tables_ = std::make_shared<Tables>(*database_.tables_);
    Unit unit{*database_.tables_, {}, {}};
    result<void> done = make_error_code(store_errc::unavailable);
    try {
        MemoryTransaction transaction{unit};
        done = work(transaction);
    } catch (const std::exception&) {
        done = make_error_code(store_errc::unavailable);
    }
    if (done && unit.failed) done = make_error_code(*unit.failed);
    if (!done) unit.undo.take_back();
    return done;
}

result<InstanceNo> MemoryStore::lease_instance(std::string_view token, Instant now, Instant until) {
    const std::lock_guard lock{database_.mutex_};
    auto& numbers = database_.tables_->instances;
    std::optional<std::int32_t> own, free;
    std::int32_t next = 1;
    for (const auto& [number, leased] : numbers) {
        if (leased.token == token) own = number;
        if (!free && number > next) free = next;
        if (!free && leased.until <= now) free = number;
        next = number + 1;
    }
    if (!free && next <= 1023) free = next;
    const auto number = own ? own : free;
    if (!number) return make_error_code(store_errc::conflict);
    Undo kept;
    numbers.put(kept, *number, {std::string{token}, until});
    return InstanceNo{*number};
}

}  // namespace hcp::test
