#include "plugin/app/open_evaluations.hpp"

#include "plugin/app/ledger_facts.hpp"
#include "plugin/app/lift_secrecy.hpp"
#include "plugin/app/owed_rows.hpp"
#include "plugin/domain/bytes.hpp"
#include "plugin/domain/event_codec.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace hcp::app {
namespace {

using namespace domain;
using ports::CaseRow;
using ports::DeliveryRow;
using ports::DossierRow;
using ports::EvaluationRow;
using ports::EvaluationView;
using ports::OpeningRow;
using ports::SubjectRow;

// One pass over a run of events inside one transaction. Completions are gathered and go in as batches; another kind of
// event first flushes them, so that what it refers to is there.
class Batch {
public:
    Batch(ports::Transaction& tx, Pen& pen, const Keys& keys, const Rules& rules, const BridgeTerms& terms,
          ports::Log& log)
        : tx_{tx}, pen_{pen}, keys_{keys}, rules_{rules}, terms_{terms}, log_{log} {}

    ports::result<void> take(const ports::Journaled& journaled) {
        if (std::holds_alternative<Completion>(journaled.event)) {
            waiting_.push_back(&journaled.event);
            return {};
        }
        HCP_CHECK(flush());
        if (const auto* withdrawal = std::get_if<Withdrawal>(&journaled.event)) return take(*withdrawal);
        if (const auto* opened = std::get_if<BidsOpened>(&journaled.event)) return take(*opened);
        return take(std::get<Visit>(journaled.event));
    }

    ports::result<Applied> finish() {
        HCP_CHECK(flush());
        HCP_CHECK(tx_.figures().add(counts_.all()));
        return applied_;
    }

private:
    // A completion that the store does not have.
    struct Fresh {
        const Completion* completion;
        Digest key, content;
        std::vector<Digest> subjects, dossiers;  // looked up by these, in the order of completion->subjects
    };

    struct Subject {
        SubjectRow row;
        std::shared_ptr<const ports::SubjectKey> key;
    };

    ports::result<void> flush() {
        if (waiting_.empty()) return {};
        const auto completions = std::exchange(waiting_, {});
        HCP_TRY(const auto fresh, unknown_ones(completions));
        if (fresh.empty()) return {};

        std::vector<Digest> keys;
        std::vector<std::string> projects;
        for (const auto& one : fresh) {
            keys.push_back(one.key);
            projects.push_back(one.completion->project_no);
        }
        HCP_CHECK(load_subjects(fresh));
        HCP_CHECK(load_dossiers(fresh));
        HCP_TRY(const auto withdrawals, tx_.cases().withdrawals(keys));
        HCP_TRY(openings_, tx_.openings().of_projects(projects));

        for (std::size_t i = 0; i < fresh.size(); ++i) HCP_CHECK(open(fresh[i], withdrawals[i]));
        return write_out();
    }

    // Leaves out what the store, or an earlier event of this run, already has.
    ports::result<std::vector<Fresh>> unknown_ones(const std::vector<const Event*>& events) {
        std::vector<Digest> keys;
        keys.reserve(events.size());
        for (const auto* event : events) keys.push_back(case_key(keys_, std::get<Completion>(*event).key));
        HCP_TRY(const auto known, tx_.cases().by_key(keys));

        std::vector<Fresh> fresh;
        struct First {
            Digest content;
            Secrecy secrecy;
        };
        std::unordered_map<Digest, First, ports::DigestHash> seen;  // of this run
        for (std::size_t i = 0; i < events.size(); ++i) {
            const auto& completion = std::get<Completion>(*events[i]);
            const auto encoded = encode_events(std::span{events[i], 1});
            const auto content = keys_.content.of({View{encoded}});
            std::optional<First> first;
            if (known[i]) first = First{known[i]->content_digest, known[i]->secrecy()};
            if (const auto found = seen.find(keys[i]); found != seen.end()) first = found->second;
            if (!first) {
                seen.emplace(keys[i], First{content, completion.secrecy});
                fresh.push_back({&completion, keys[i], content, {}, {}});
                for (const auto& subject : completion.subjects) {
                    const auto& lookup =
                        fresh.back().subjects.emplace_back(subject_lookup(keys_, subject.type, subject.certificate_no));
                    fresh.back().dossiers.push_back(
                        dossier_key(keys_, completion.project_no, completion.section, lookup));
                }
                continue;
            }
            ++applied_.repeats;
            if (first->content == content) continue;
            ++applied_.conflicts;
            const auto secrecy = first->secrecy.and_of(completion.secrecy);
            pen_.enter(secrecy, entries::CaseConflict{keys[i], first->content, content});
            if (secrecy.may_be_told())
                log_.warning("同一办结编号再次上报且内容不同，以首次为准：主机 " + completion.key.host_id + " 办件 " +
                             completion.key.case_no + " 办结 " + completion.key.completion_no);
        }
        return fresh;
    }

    ports::result<void> load_subjects(const std::vector<Fresh>& fresh) {
        std::vector<Digest> lookups;
        std::vector<SubjectType> types;
        std::set<Digest> asked;
        for (const auto& one : fresh)
            for (std::size_t i = 0; i < one.subjects.size(); ++i) {
                if (subjects_.contains(one.subjects[i]) || !asked.insert(one.subjects[i]).second) continue;
                lookups.push_back(one.subjects[i]);
                types.push_back(one.completion->subjects[i].type);
            }
        HCP_TRY(const auto known, tx_.subjects().by_lookup(lookups));
        for (std::size_t i = 0; i < lookups.size(); ++i) {
            if (known[i]) {
                HCP_TRY(auto key, keys_.vault.unwrap(View{known[i]->wrapped_key}));
                subjects_.emplace(lookups[i], Subject{*known[i], std::move(key)});
                continue;
            }
            HCP_TRY(auto made, keys_.vault.make());
            SubjectRow row{pen_.id<SubjectId>(), lookups[i], types[i], std::move(made.wrapped), pen_.now()};
            new_subjects_.push_back(row);
            subjects_.emplace(lookups[i], Subject{std::move(row), std::move(made.key)});
        }
        return {};
    }

    ports::result<void> load_dossiers(const std::vector<Fresh>& fresh) {
        std::vector<Digest> keys;
        std::set<Digest> asked;
        for (const auto& one : fresh)
            for (const auto& dossier : one.dossiers)
                if (!dossiers_.contains(dossier) && asked.insert(dossier).second) keys.push_back(dossier);
        HCP_TRY(const auto known, tx_.dossiers().by_key(keys));
        for (std::size_t i = 0; i < keys.size(); ++i)
            if (known[i]) dossiers_.emplace(keys[i], Dossier{*known[i], known[i]->service_count, false});
        return {};
    }

    struct Dossier {
        DossierRow row;
        std::int32_t count_as_read;
        bool made_here;
    };

    // The dossier that takes one more service; a full one gives way to the next.
    Dossier& dossier_for(const Digest& key) {
        auto found = dossiers_.find(key);
        const bool full = found != dossiers_.end() && found->second.row.service_count >= terms_.max_services;
        if (found != dossiers_.end() && !full) return found->second;
        DossierRow row;
        row.id = pen_.id<DossierId>();
        row.key_digest = key;
        row.overflow = full ? found->second.row.overflow + 1 : 0;
        row.project_no = terms_.project_no_prefix + std::to_string(row.id.value());
        if (full) {
            finished_dossiers_.push_back(std::move(found->second));
            dossiers_.erase(found);
        }
        return dossiers_.emplace(key, Dossier{std::move(row), 0, true}).first->second;
    }

    [[nodiscard]] bool is_lifted_already(const Completion& completion) const {
        return std::any_of(openings_.begin(), openings_.end(), [&](const OpeningRow& opening) {
            return opening.project_no == completion.project_no &&
                   opening.lifts(completion.section, completion.completed_at);
        });
    }

    ports::result<void> open(const Fresh& fresh, const std::optional<ports::WithdrawalRow>& withdrawal) {
        const auto& completion = *fresh.completion;
        const auto* policy = rules_.policies.in_force(completion.completed_at).version;
        const auto now = pen_.now();
        const auto window =
            domain::window(rules_.calendar, completion.completed_at, now, policy->window(completion.mode));
        const auto* item = rules_.item(completion.item_code);

        CaseRow row;
        row.id = pen_.id<CaseId>();
        row.key_digest = fresh.key;
        row.content_digest = fresh.content;
        row.host_id = completion.key.host_id;
        row.case_no = completion.key.case_no;
        row.completion_no = completion.key.completion_no;
        row.line = completion.line;
        row.project_no = completion.project_no;
        row.section = completion.section;
        row.node = completion.node;
        row.project_name = completion.project_name;
        row.item_code = completion.item_code;
        row.department_id = completion.department_id;
        row.department_name = completion.department_name;
        if (!completion.handlers.empty()) {
            const auto plain = encode(std::span{completion.handlers});
            HCP_TRY(row.sealed_handlers, keys_.sealer.seal(View{plain}, View{fresh.key}));
        }
        row.mode = completion.mode;
        row.reported_secrecy = completion.secrecy;
        row.unattributed = completion.department_id.empty() || completion.handlers.empty();
        row.unclassified = item == nullptr || !item->classified;
        row.withdrawn = withdrawal.has_value();
        row.completed_at = completion.completed_at;
        row.accepted_at = completion.accepted_at;
        row.promised_at = completion.promised_at;
        if (completion.secrecy != open_to_all && is_lifted_already(completion)) row.secrecy_lifted_at = now;
        if (withdrawal) row.withdrawn_at = withdrawal->withdrawn_at;
        row.opened_at = now;
        row.policy_version = policy->name;
        row.calendar_version = rules_.calendar.version();

        if (item == nullptr && !completion.item_code.empty() && unknown_items_.insert(completion.item_code).second)
            new_items_.push_back({completion.item_code, completion.item_code, {}, {}, {}, {}, {}, {}, {}, false});

        pen_.enter(row.secrecy(), fact_of(row));
        for (std::size_t i = 0; i < completion.subjects.size(); ++i) HCP_CHECK(open(fresh, i, row, window));
        if (withdrawal) note_withdrawn(row);
        applied_.cases += row.secrecy().counts();
        cases_.push_back(std::move(row));
        return {};
    }

    ports::result<void> open(const Fresh& fresh, std::size_t which, const CaseRow& of, const Window& window) {
        const auto& facts = fresh.completion->subjects[which];
        const auto& subject = subjects_.at(fresh.subjects[which]);
        auto& dossier = dossier_for(fresh.dossiers[which]);

        EvaluationRow row;
        row.id = pen_.id<EvaluationId>();
        row.case_id = of.id;
        row.subject_id = subject.row.id;
        row.dossier_id = dossier.row.id;
        row.role = facts.role;
        row.state = of.withdrawn ? EvaluationState::voided : EvaluationState::open;
        row.secrecy = of.secrecy();
        row.opened_at = pen_.now();
        row.deadline_by_completion = window.by_completion.at;
        row.deadline = window.effective.at;
        row.provisional = window.effective.provisional;
        row.token_digest =
            *token_digest(keys_, link_token(keys_, fresh.completion->key, facts.type, facts.certificate_no));
        const auto plain = encode(facts);
        HCP_TRY(row.sealed_subject, subject.key->seal(View{plain}, View{row.token_digest}));

        pen_.enter(row.secrecy,
                   entries::EvaluationOpened{row.id, of.id, subject.key->digest({View{plain}}), row.deadline});
        if (of.withdrawn) {
            pen_.enter(row.secrecy, entries::Voided{row.id, of.id});
            deliveries_.push_back(owed(pen_, {DeliveryKind::withdrawal, row, of}, rules_, terms_));
        } else {
            row.service_ordinal = ++dossier.row.service_count;
            auto service = owed(pen_, {DeliveryKind::service, row, of}, rules_, terms_);
            service.waits_for = dossier.row.last_service_delivery;
            dossier.row.last_service_delivery = service.id;
            deliveries_.push_back(std::move(service));
        }
        counts_.add(of, row.secrecy, of.withdrawn ? Metric::voided : Metric::opened);
        applied_.evaluations += row.secrecy.counts();
        evaluations_.push_back(std::move(row));
        return {};
    }

    ports::result<void> write_out() {
        std::vector<DossierRow> made, changed;
        std::vector<std::int32_t> expected;
        const auto sort_out = [&](Dossier& dossier) {
            if (dossier.made_here) {
                made.push_back(dossier.row);
            } else if (dossier.row.service_count != dossier.count_as_read) {
                changed.push_back(dossier.row);
                expected.push_back(dossier.count_as_read);
            }
            dossier.made_here = false;
            dossier.count_as_read = dossier.row.service_count;
        };
        for (auto& dossier : finished_dossiers_) sort_out(dossier);
        for (auto& [key, dossier] : dossiers_) sort_out(dossier);
        finished_dossiers_.clear();

        HCP_CHECK(tx_.subjects().insert(new_subjects_));
        HCP_CHECK(tx_.catalogue().put(new_items_));
        HCP_CHECK(tx_.cases().insert(cases_));
        HCP_CHECK(tx_.dossiers().insert(made));
        HCP_CHECK(tx_.evaluations().insert(evaluations_));
        HCP_CHECK(tx_.deliveries().insert(deliveries_));
        HCP_CHECK(tx_.dossiers().update(changed, expected));
        new_subjects_.clear();
        new_items_.clear();
        cases_.clear();
        evaluations_.clear();
        deliveries_.clear();
        return {};
    }

    ports::result<void> take(const Withdrawal& withdrawal) {
        const auto key = case_key(keys_, withdrawal.key);
        HCP_TRY(const auto known, tx_.cases().withdrawals(std::span{&key, 1}));
        if (known[0]) {
            ++applied_.repeats;
            return {};
        }
        ports::WithdrawalRow row{key,
                                 withdrawal.key.host_id,
                                 withdrawal.key.case_no,
                                 withdrawal.key.completion_no,
                                 {},
                                 withdrawal.withdrawn_at,
                                 pen_.now()};
        if (!withdrawal.reason.empty()) {
            HCP_TRY(row.sealed_reason, keys_.sealer.seal(ports::as_bytes(withdrawal.reason), View{key}));
        }
        HCP_CHECK(tx_.cases().insert(std::span<const ports::WithdrawalRow>{&row, 1}));
        HCP_TRY(const auto cases, tx_.cases().by_key(std::span{&key, 1}));
        if (!cases[0] || cases[0]->withdrawn) return {};  // waits for its completion

        HCP_TRY(const auto views, tx_.evaluations().of_case(cases[0]->id));
        std::vector<ports::EvaluationStep> moves;
        for (const auto& view : views)
            if (const auto next = after(view.evaluation.state, EvaluationMove::withdraw))
                moves.push_back({view.evaluation.id, view.evaluation.state, *next, RatingId{},
                                 view.evaluation.state != EvaluationState::open});
        HCP_TRY(const auto moved, tx_.evaluations().move(moves));
        std::vector<DeliveryRow> notices;
        std::size_t at = 0;
        for (const auto& view : views) {
            if (!after(view.evaluation.state, EvaluationMove::withdraw)) continue;
            if (!moved[at++]) return make_error_code(ports::store_errc::conflict);
            const bool was_open = view.evaluation.state == EvaluationState::open;
            const auto secrecy = view.evaluation.secrecy;
            notices.push_back(owed(pen_, {DeliveryKind::withdrawal, view.evaluation, view.of}, rules_, terms_));
            if (was_open) pen_.enter(secrecy, entries::Voided{view.evaluation.id, view.of.id});
            counts_.add(view.of, secrecy, was_open ? Metric::voided : Metric::withdrawn_after_rating);
            if (!was_open && view.rating)
                counts_.add(view.of, secrecy, rated_metric(view.rating->origin, view.rating->level), -1);
        }
        HCP_CHECK(tx_.deliveries().insert(notices));
        HCP_CHECK(tx_.cases().withdraw(cases[0]->id, withdrawal.withdrawn_at));
        note_withdrawn(*cases[0]);
        return {};
    }

    void note_withdrawn(const CaseRow& of) { pen_.enter(of.secrecy(), entries::Withdrawn{of.id, of.key_digest}); }

    ports::result<void> take(const BidsOpened& opened) {
        HCP_TRY(const auto known, tx_.openings().of_projects(std::span{&opened.project_no, 1}));
        const bool repeat = std::any_of(known.begin(), known.end(), [&](const OpeningRow& row) {
            return row.section == opened.section && row.opened_at == opened.opened_at;
        });
        if (repeat) {
            ++applied_.repeats;
            return {};
        }
        const OpeningRow row{opened.project_no, opened.section, opened.opened_at, pen_.now()};
        HCP_CHECK(tx_.openings().insert(std::span{&row, 1}));
        HCP_TRY(const auto lifted, lift_secrecy(tx_, row, pen_.now()));
        pen_.enter(open_to_all, fact_of(row, std::ssize(lifted.evaluations)));
        for (const auto& view : lifted.evaluations) count(view);
        HCP_CHECK(count_comments(lifted.evaluations));
        applied_.cases += std::ssize(lifted.cases);
        applied_.evaluations += std::ssize(lifted.evaluations);
        return {};
    }

    // All that an evaluation has brought to the figures while it was secret.
    void count(const EvaluationView& view) {
        const auto add = [&](Metric metric) { counts_.add(view.of, view.evaluation.secrecy, metric); };
        const bool voided = view.evaluation.state == EvaluationState::voided;
        const bool void_from_the_start = voided && view.evaluation.service_ordinal == 0;
        if (!void_from_the_start) add(Metric::opened);
        if (voided) add(Metric::voided);
        if (view.rating && !view.evaluation.withdrawn) add(rated_metric(view.rating->origin, view.rating->level));
        if (view.rating && view.rating->origin == Origin::authored && is_bad(view.rating->level))
            add(Metric::ticket_opened);
        if (view.evaluation.withdrawn) add(Metric::withdrawn_after_rating);
    }

    // What came late while it was secret, and the care tickets of it.
    ports::result<void> count_comments(const std::vector<EvaluationView>& lifted) {
        std::vector<EvaluationId> ids;
        std::unordered_map<EvaluationId, const EvaluationView*> by_id;
        for (const auto& view : lifted) {
            ids.push_back(view.evaluation.id);
            by_id.emplace(view.evaluation.id, &view);
        }
        HCP_TRY(const auto comments, tx_.comments().of(ids));
        for (const auto& comment : comments) {
            const auto& view = *by_id.at(comment.evaluation_id);
            counts_.add(view.of, view.evaluation.secrecy, Metric::comment_late);
            if (is_bad(comment.level)) counts_.add(view.of, view.evaluation.secrecy, Metric::ticket_opened);
        }
        return {};
    }

    ports::result<void> take(const Visit& visit) {
        const auto key = visit_key(keys_, visit.host_id, visit.visit_no);
        HCP_TRY(const auto known, tx_.visits().known(std::span{&key, 1}));
        if (known[0]) {
            ++applied_.repeats;
            return {};
        }
        ports::VisitRow row;
        row.id = pen_.id<VisitId>();
        row.key_digest = key;
        row.host_id = visit.host_id;
        row.visit_no = visit.visit_no;
        row.line = visit.line;
        row.visited_at = visit.visited_at;
        row.window = visit.window;
        row.department_id = visit.department_id;
        row.department_name = visit.department_name;
        row.item_code = visit.item_code;
        row.staff_id = visit.staff_id;
        row.stored_at = pen_.now();
        if (visit.subject) {
            const auto plain = encode(*visit.subject);
            HCP_TRY(row.sealed_subject, keys_.sealer.seal(View{plain}, View{key}));
        }
        HCP_CHECK(tx_.visits().insert(std::span<const ports::VisitRow>{&row, 1}));
        pen_.enter(open_to_all, fact_of(row));
        counts_.add({day_of(row.visited_at), row.line, row.department_id, row.item_code, Metric::visit, 1});
        ++applied_.visits;
        return {};
    }

    ports::Transaction& tx_;
    Pen& pen_;
    const Keys& keys_;
    const Rules& rules_;
    const BridgeTerms& terms_;
    ports::Log& log_;

    std::vector<const Event*> waiting_;  // completions
    std::unordered_map<Digest, Subject, ports::DigestHash> subjects_;
    std::unordered_map<Digest, Dossier, ports::DigestHash> dossiers_;
    std::vector<Dossier> finished_dossiers_;
    std::vector<OpeningRow> openings_;
    std::set<std::string> unknown_items_;

    std::vector<SubjectRow> new_subjects_;
    std::vector<ports::ItemRow> new_items_;
    std::vector<CaseRow> cases_;
    std::vector<EvaluationRow> evaluations_;
    std::vector<DeliveryRow> deliveries_;
    Counts counts_;
    Applied applied_;
};

}  // namespace

ports::result<Applied> OpenEvaluations::apply(std::span<const ports::Journaled> events, const Also& also) {
    writer_.assert_here();
    const auto rules = rules_.current();
    Applied applied;
    const auto done = books_.write([&](ports::Transaction& tx, Pen& pen) -> ports::result<void> {
        Batch batch{tx, pen, keys_, *rules, terms_, log_};
        for (const auto& event : events) HCP_CHECK(batch.take(event));
        HCP_TRY(applied, batch.finish());
        return also ? also(tx) : ports::result<void>{};
    });
    if (!done) return done.error();
    return applied;
}

}  // namespace hcp::app
