#include "plugin/app/intake/opened_rows.hpp"

#include "plugin/record/attribution.hpp"
#include "plugin/record/ledger_facts.hpp"
#include "plugin/record/sealed_facts.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace hcp::app {

using namespace domain;
using namespace record;
using ports::CaseRow;
using ports::DossierRow;
using ports::EvaluationRow;

namespace {

class Opening {
public:
    Opening(FactsFound found, const Keys& keys, const Rules& rules, const BridgeTerms& terms, Pen& pen)
        : found_{std::move(found)}, keys_{keys}, rules_{rules}, terms_{terms}, pen_{pen} {
        for (auto& [key, row] : found_.dossiers) dossiers_.emplace(key, Dossier{row, row.service_count, false});
    }

    ports::result<void> add(const NewCompletion& one) {
        const auto& completion = *one.completion;
        const auto* policy = rules_.policies.in_force(completion.completed_at).version;
        HCP_TRY(auto case_row, case_of(one, *policy));
        note_item(case_row.item_code);

        pen_.enter(case_row.secrecy(), fact_of(case_row));
        // A clock that stood ahead when it was accepted postpones nothing (E24).
        const auto opened = std::min(one.accepted_at, pen_.now());
        const auto counted =
            window(rules_.calendar, completion.completed_at, opened, policy->window(completion.mode), rules_.lost_days);
        for (std::size_t i = 0; i < completion.subjects.size(); ++i)
            HCP_CHECK(add_evaluation(one, i, case_row, opened, counted));
        if (case_row.withdrawn) pen_.enter(case_row.secrecy(), entries::Withdrawn{case_row.id, case_row.key_digest});
        rows_.cases_told += case_row.secrecy().counts();
        rows_.cases.push_back(std::move(case_row));
        return {};
    }

    OpenedRows rows() && {
        const auto sort_out = [&](Dossier& dossier) {
            if (dossier.made_here) {
                rows_.new_dossiers.push_back(std::move(dossier.row));
            } else if (dossier.row.service_count != dossier.services_found) {
                rows_.grown_dossiers.push_back(std::move(dossier.row));
                rows_.services_found.push_back(dossier.services_found);
            }
        };
        for (auto& dossier : full_dossiers_) sort_out(dossier);
        for (auto& [key, dossier] : dossiers_) sort_out(dossier);
        return std::move(rows_);
    }

private:
    struct Dossier {
        DossierRow row;
        std::int32_t services_found;
        bool made_here;
    };
    struct Subject {
        SubjectId id;
        std::shared_ptr<const ports::SubjectKey> key;
    };

    ports::result<CaseRow> case_of(const NewCompletion& one, const PolicyVersion& policy) {
        const auto& completion = *one.completion;
        auto whose = attribution_of(completion, rules_);
        CaseRow row;
        row.id = pen_.id<CaseId>();
        row.key_digest = one.key;
        row.content_digest = one.content;
        row.host_id = completion.key.host_id;
        row.case_no = completion.key.case_no;
        row.completion_no = completion.key.completion_no;
        row.line = completion.line;
        row.project_no = completion.project_no;
        row.section = completion.section;
        row.node = completion.node;
        row.project_name = completion.project_name;
        row.item_code = std::move(whose.item_code);
        row.department_id = std::move(whose.department_id);
        row.department_name = std::move(whose.department_name);
        HCP_TRY(row.sealed_handlers, sealed_handlers(keys_.sealer, completion.handlers, one.key));
        row.mode = completion.mode;
        row.reported_secrecy = completion.secrecy;
        row.unattributed = whose.unattributed;
        row.unclassified = whose.unclassified;
        row.completed_at = completion.completed_at;
        row.accepted_at = completion.accepted_at;
        row.promised_at = completion.promised_at;
        row.opened_at = pen_.now();
        if (completion.secrecy != open_to_all && is_lifted_already(completion)) row.secrecy_lifted_at = row.opened_at;
        if (const auto withdrawal = found_.withdrawals.find(one.key); withdrawal != found_.withdrawals.end()) {
            row.withdrawn = true;
            row.withdrawn_at = withdrawal->second.withdrawn_at;
        }
        row.policy_version = policy.name;
        row.calendar_version = rules_.calendar.version();
        return row;
    }

    [[nodiscard]] bool is_lifted_already(const Completion& completion) const {
        return std::any_of(found_.openings.begin(), found_.openings.end(), [&](const ports::OpeningRow& opening) {
            return opening.project_no == completion.project_no &&
                   opening.lifts(completion.section, completion.completed_at);
        });
    }

    void note_item(const std::string& code) {
        if (code.empty() || rules_.item(code) != nullptr || !unknown_items_.insert(code).second) return;
        rows_.items.push_back({code, code, {}, {}, {}, {}, {}, {}, {}, false});
    }

    ports::result<void> add_evaluation(const NewCompletion& one, std::size_t which, const CaseRow& case_row,
                                       Instant opened, const Window& counted) {
        const auto& facts = one.completion->subjects[which];
        HCP_TRY(const auto subject, subject_of(one.subjects[which], facts.type));
        auto& dossier = dossier_for(one.dossiers[which]);

        EvaluationRow row;
        row.id = pen_.id<EvaluationId>();
        row.case_id = case_row.id;
        row.subject_id = subject.id;
        row.dossier_id = dossier.id;
        row.role = facts.role;
        row.state = case_row.withdrawn ? EvaluationState::voided : EvaluationState::open;
        row.secrecy = case_row.secrecy();
        row.opened_at = opened;
        row.deadline_by_completion = counted.by_completion.at;
        row.deadline = counted.effective.at;
        row.provisional = counted.effective.provisional;
        row.calendar_version = rules_.calendar.version();
        row.token_digest =
            *token_digest(keys_, link_token(keys_, one.completion->key, facts.type, facts.certificate_no));
        const auto plain = encode(facts);
        HCP_TRY(row.sealed_subject, subject.key->seal(View{plain}, View{row.token_digest}));

        pen_.enter(row.secrecy,
                   entries::EvaluationOpened{row.id, case_row.id, subject.key->digest({View{plain}}), row.deadline});
        if (case_row.withdrawn) {
            pen_.enter(row.secrecy, entries::Voided{row.id, case_row.id});
            rows_.deliveries.push_back(new_delivery(pen_, {DeliveryKind::withdrawal, row, case_row}, rules_, terms_));
        } else {
            row.service_ordinal = ++dossier.service_count;
            auto service = new_delivery(
                pen_, {DeliveryKind::service, row, case_row, nullptr, false, facts.certificate_kind}, rules_, terms_);
            if (!stays_closed(row, terms_)) {
                service.waits_for = dossier.last_service_delivery;
                dossier.last_service_delivery = service.id;
            }
            rows_.deliveries.push_back(std::move(service));
        }
        rows_.counts.add(case_row, row.secrecy, case_row.withdrawn ? Metric::voided : Metric::opened);
        rows_.evaluations_told += row.secrecy.counts();
        if (const auto doubt = doubt_of(row.id, case_row.line, facts); doubt.any()) rows_.doubts.push_back(doubt);
        rows_.evaluations.push_back(std::move(row));
        return {};
    }

    [[nodiscard]] ports::DoubtRow doubt_of(EvaluationId id, Line line, const SubjectFacts& facts) const {
        const auto kind = facts.certificate_kind.empty() ? usual_certificate_kind(facts.type) : facts.certificate_kind;
        return {id, !is_right_number(kind, facts.certificate_no),
                !terms_.knows_certificate_kind(facts.certificate_kind), !is_known(line)};
    }

    ports::result<Subject> subject_of(const Digest& lookup, SubjectType type) {
        if (const auto met = subjects_.find(lookup); met != subjects_.end()) return met->second;
        Subject subject;
        if (const auto found = found_.subjects.find(lookup); found != found_.subjects.end()) {
            HCP_TRY(subject.key, keys_.vault.unwrap(View{found->second.wrapped_key}));
            subject.id = found->second.id;
        } else {
            HCP_TRY(auto made, keys_.vault.make());
            subject = {pen_.id<SubjectId>(), std::move(made.key)};
            rows_.subjects.push_back({subject.id, lookup, type, std::move(made.wrapped), pen_.now()});
        }
        subjects_.emplace(lookup, subject);
        return subject;
    }

    // The dossier that takes one more service; a full one gives way to the next.
    DossierRow& dossier_for(const Digest& key) {
        auto found = dossiers_.find(key);
        const bool full = found != dossiers_.end() && found->second.row.service_count >= terms_.max_services;
        if (found != dossiers_.end() && !full) return found->second.row;
        DossierRow row;
        row.id = pen_.id<DossierId>();
        row.key_digest = key;
        row.overflow = full ? found->second.row.overflow + 1 : 0;
        row.project_no = terms_.project_no_prefix + std::to_string(row.id.value());
        if (full) {
            full_dossiers_.push_back(std::move(found->second));
            dossiers_.erase(found);
        }
        return dossiers_.emplace(key, Dossier{std::move(row), 0, true}).first->second.row;
    }

    FactsFound found_;
    const Keys& keys_;
    const Rules& rules_;
    const BridgeTerms& terms_;
    Pen& pen_;
    FactsFound::ByDigest<Subject> subjects_;
    FactsFound::ByDigest<Dossier> dossiers_;
    std::vector<Dossier> full_dossiers_;
    std::set<std::string> unknown_items_;
    OpenedRows rows_;
};

}  // namespace

ports::result<OpenedRows> opened_rows(std::span<const NewCompletion> completions, FactsFound found, const Keys& keys,
                                      const Rules& rules, const BridgeTerms& terms, Pen& pen) {
    Opening opening{std::move(found), keys, rules, terms, pen};
    for (const auto& one : completions) HCP_CHECK(opening.add(one));
    return std::move(opening).rows();
}

}  // namespace hcp::app
