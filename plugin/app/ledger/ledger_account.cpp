#include "plugin/app/ledger/ledger_account.hpp"

#include "plugin/app/ledger/ledger_rows.hpp"
#include "plugin/domain/overloaded.hpp"
#include "plugin/domain/text.hpp"
#include "plugin/record/people.hpp"

#include <algorithm>
#include <utility>

namespace hcp::app {

using namespace record;

template <class Entry>
void LedgerAccount::note(CataloguePart part, const Entry& e, std::int32_t lane, std::int64_t place,
                         const LedgerFact& fact) {
    note(LedgerSubject::edition, editions_, EditionKey{part, e.code, e.revision}, lane, place, fact);
}

void LedgerAccount::note(std::int32_t lane, std::int64_t place, const LedgerFact& fact) {
    const auto opened = [&](EvaluationId id, CaseId case_id) -> Evaluation& {
        auto& evaluation = evaluations_[id];
        evaluation.case_id = case_id;
        return evaluation;
    };
    // A deadline only ever moves away.
    const auto moved = [](Evaluation& evaluation, Instant deadline) {
        evaluation.deadline = std::max(evaluation.deadline, deadline);
    };
    std::visit(
        Overloaded{
            [&](const entries::CaseOpened& e) { note(LedgerSubject::case_, cases_, e.case_id, lane, place, fact); },
            [&](const entries::EvaluationOpened& e) { moved(opened(e.evaluation_id, e.case_id), e.deadline); },
            [&](const entries::DeadlineExtended& e) {
                moved(evaluations_[e.evaluation_id], e.after);
                evaluations_[e.evaluation_id].calendar_versions.insert(e.calendar_version);
            },
            [&](const entries::Voided& e) { evaluations_[e.evaluation_id].voided = true; },
            [&](const entries::Withdrawn& e) { withdrawn_.insert(e.case_id); },
            [&](const entries::Rated& e) { note(LedgerSubject::rating, ratings_, e.rating_id, lane, place, fact); },
            [&](const entries::Defaulted& e) { note(LedgerSubject::rating, ratings_, e.rating_id, lane, place, fact); },
            [&](const entries::TicketOpened& e) {
                note(LedgerSubject::ticket, tickets_, e.ticket_id, lane, place, fact);
            },
            [&](const entries::CommentMade& e) {
                note(LedgerSubject::comment, comments_, e.comment_id, lane, place, fact);
            },
            [&](const entries::CommentRevised& e) {
                note(LedgerSubject::comment, comments_, e.comment_id, lane, place, fact);
            },
            [&](const entries::Consented& e) {
                note(LedgerSubject::consent, consents_, e.rating_id, lane, place, fact);
            },
            [&](const entries::SubjectErased& e) {
                note(LedgerSubject::subject, erased_, e.subject_id, lane, place, fact);
            },
            [&](const entries::VisitMade& e) { note(LedgerSubject::visit, visits_, e.visit_id, lane, place, fact); },
            [&](const entries::BidsOpened& e) {
                note(LedgerSubject::opening, openings_, OpeningKey{e.project_no, e.section, e.opened_at}, lane, place,
                     fact);
            },
            [&](const entries::ReferenceLoaded& e) {
                note(LedgerSubject::reference, references_, ReferenceKey{e.reference_kind, e.version}, lane, place,
                     fact);
            },
            [&](const entries::RoleProposed& e) {
                note(LedgerSubject::role_proposed, proposed_, e.grant_id, lane, place, fact);
            },
            [&](const entries::RoleConfirmed& e) {
                note(LedgerSubject::role_confirmed, confirmed_, e.grant_id, lane, place, fact);
            },
            [&](const entries::RoleEnded& e) {
                note(LedgerSubject::role_ended, ended_, e.grant_id, lane, place, fact);
            },
            [&](const entries::StaffInvited& e) {
                note(LedgerSubject::staff_invite, invites_, e.invite_id, lane, place, fact);
            },
            [&](const entries::StaffSignedOn& e) {
                note(LedgerSubject::staff_session, sessions_, e.session_id, lane, place, fact);
            },
            [&](const entries::TicketExtended& e) {
                // Whichever lane tells of it first: a later end is the later word.
                auto& terms = ticket_terms_[e.ticket_id];
                terms.contact = std::max(terms.contact, e.contact_deadline);
                terms.rectify = std::max(terms.rectify, e.rectify_deadline);
            },
            [&](const entries::DepartmentReleased& e) { note(CataloguePart::departments, e, lane, place, fact); },
            [&](const entries::ItemReleased& e) { note(CataloguePart::items, e, lane, place, fact); },
            [&](const entries::GuideReleased& e) { note(CataloguePart::guides, e, lane, place, fact); },
            [&](const entries::Attributed& e) {
                note(LedgerSubject::attribution, attributions_, e.attribution_id, lane, place, fact);
            },
            [&](const entries::ListExported& e) {
                note(LedgerSubject::list_export, exports_, e.export_id, lane, place, fact);
            },
            [&](const entries::IdentityUnmasked& e) {
                note(LedgerSubject::unmasking, unmaskings_, e.unmasking_id, lane, place, fact);
            },
            [&](const entries::LeakReported& e) {
                note(LedgerSubject::leak_reported, leaks_reported_, e.leak_case_id, lane, place, fact);
            },
            [&](const entries::LeakDecided& e) {
                note(LedgerSubject::leak_decided, leaks_decided_, e.leak_case_id, lane, place, fact);
            },
            [&](const entries::RuleInterpreted& e) {
                note(LedgerSubject::interpretation, interpretations_, e.interpretation_id, lane, place, fact);
            },
            // What left is the province's to tell, and these change no row.
            [](const entries::Delivered&) {},
            [](const entries::VirtualClock&) {},
            [](const entries::CaseConflict&) {},
            [](const entries::DayLost&) {},
            [](const entries::LocalDaysActivated&) {},
        },
        fact);
}

void LedgerAccount::forget(std::int32_t lane, std::int64_t from_place) {
    for (; !recent_.empty() && recent_.back().lane == lane && recent_.back().place >= from_place; recent_.pop_back())
        recent_.back().forget();
}

ports::result<std::int64_t> LedgerAccount::compare(ports::Snapshot& rows) {
    note_ticket_terms();
    note_attributions();
    note_in_force();
    note_secret();
    HCP_CHECK(compare_cases(rows.cases()));
    HCP_CHECK(compare_attributions(rows.attributions()));
    HCP_CHECK(compare_pages<ports::RatingRow>(LedgerSubject::rating, ratings_,
                                              [&](RatingId after) { return rows.ratings().after(after, page_size); }));
    HCP_CHECK(compare_pages<ports::RatingConsentRow>(LedgerSubject::consent, consents_, [&](RatingId after) {
        return rows.ratings().consents_after(after, page_size);
    }));
    HCP_TRY(const auto in_force, compare_evaluations(rows.evaluations()));
    HCP_CHECK(compare_pages<ports::TicketRow>(LedgerSubject::ticket, tickets_,
                                              [&](TicketId after) { return rows.tickets().after(after, page_size); }));
    HCP_CHECK(compare_pages<ports::CommentRow>(
        LedgerSubject::comment, comments_, [&](CommentId after) { return rows.comments().after(after, page_size); }));
    HCP_CHECK(compare_pages<ports::VisitRow>(LedgerSubject::visit, visits_,
                                             [&](VisitId after) { return rows.visits().after(after, page_size); }));
    HCP_CHECK(compare_erasures(rows.subjects()));
    HCP_CHECK(compare_openings(rows.openings()));
    HCP_CHECK(compare_references(rows.references(), rows.staff()));
    HCP_CHECK(compare_role_grants(rows.role_grants()));
    HCP_CHECK(compare_sign_ons(rows.staff_invites(), rows.staff_sessions()));
    HCP_CHECK(compare_pages<ports::ExportRow>(LedgerSubject::list_export, exports_,
                                              [&](ExportId after) { return rows.exports().after(after, page_size); }));
    HCP_CHECK(compare_pages<ports::InterpretationRow>(
        LedgerSubject::interpretation, interpretations_,
        [&](InterpretationId after) { return rows.interpretations().after(after, page_size); }));
    HCP_CHECK(compare_unmaskings(rows.unmaskings(), rows.leak_cases()));
    HCP_CHECK(compare_editions(rows));
    return in_force;
}

// Each ticket with the ends that its clocks have in the end.
void LedgerAccount::note_ticket_terms() {
    for (const auto& [id, terms] : ticket_terms_) {
        const auto entered = tickets_.find(id);
        if (entered == tickets_.end()) continue;
        auto& ticket = std::get<entries::TicketOpened>(entered->second.fact);
        ticket.contact_deadline = std::max(ticket.contact_deadline.value_or(terms.contact), terms.contact);
        ticket.rectify_deadline = std::max(ticket.rectify_deadline.value_or(terms.rectify), terms.rectify);
    }
}

// Each case as the last of its attributions has it.
void LedgerAccount::note_attributions() {
    std::map<CaseId, const entries::Attributed*> last;
    for (const auto& [id, entered] : attributions_) {
        const auto& e = std::get<entries::Attributed>(entered.fact);
        auto& known = last[e.case_id];
        if (known == nullptr || known->revision < e.revision) known = &e;
    }
    for (const auto& [id, e] : last) {
        const auto entered = cases_.find(id);
        if (entered == cases_.end()) continue;
        auto& opened = std::get<entries::CaseOpened>(entered->second.fact);
        opened.item_code = e->item_code;
        opened.department_id = e->department_id;
    }
}

// The last revision of each evaluation, as the ledger tells it.
void LedgerAccount::note_in_force() {
    for (const auto& [id, entered] : ratings_) {
        const auto newer = [&, rating = id](const auto& e, Origin origin) {
            auto& newest = in_force_[e.evaluation_id];
            if (e.revision > newest.revision) newest = {rating, e.revision, origin};
        };
        if (const auto* rated = std::get_if<entries::Rated>(&entered.fact)) newer(*rated, Origin::authored);
        if (const auto* made = std::get_if<entries::Defaulted>(&entered.fact)) newer(*made, Origin::by_default);
    }
}

void LedgerAccount::note_secret() {
    const auto lifted = [&](const entries::CaseOpened& case_row) {
        auto entered = openings_.lower_bound(OpeningKey{case_row.project_no, {}, Instant::min()});
        for (; entered != openings_.end() && std::get<0>(entered->first) == case_row.project_no; ++entered) {
            const auto& [project, section, at] = entered->first;
            if (ports::OpeningRow{project, section, at, {}}.lifts(case_row.section, case_row.completed_at)) return true;
        }
        return false;
    };
    for (const auto& [id, entered] : cases_)
        if (is_secret_lane(entered.lane) && !lifted(std::get<entries::CaseOpened>(entered.fact))) secret_.insert(id);
}

ports::result<void> LedgerAccount::compare_cases(ports::CaseQueries& cases) {
    return compare_pages<ports::CaseRow>(
        LedgerSubject::case_, cases_, [&](CaseId after) -> ports::result<std::vector<ports::CaseRow>> {
            HCP_TRY(const auto page, cases.after(after, page_size));
            for (const auto& row : page) {
                const auto entered = cases_.find(row.id);
                if (entered == cases_.end()) continue;
                if (row.secrecy() != secrecy_of(row.id))
                    find(LedgerFault::row_changed, LedgerSubject::case_, entered->second.lane, row.id.value(),
                         named(LedgerSubject::case_, row.id) + " 的保密标记与留痕链记载不符");
            }
            return page;
        });
}

// What waits for its second signature has no effect, and the ledger does not know it.
ports::result<void> LedgerAccount::compare_attributions(ports::AttributionQueries& attributions) {
    for (AttributionId after{before_all};;) {
        HCP_CHECK(signs_.go_on());
        HCP_TRY(const auto page, attributions.after(after, page_size));
        if (page.empty()) break;
        for (const auto& row : page) {
            after = row.id;
            if (row.waits()) continue;
            compare(LedgerSubject::attribution, attributions_, row.id, 0, fact_of(row));
            if (row.sealed_reason.empty()) find_taken(LedgerSubject::attribution, row.id, "原因");
        }
    }
    find_missing(LedgerSubject::attribution, attributions_);
    return {};
}

// Without its key all that a subject has said reads as erased: that must have been told.
ports::result<void> LedgerAccount::compare_erasures(ports::SubjectQueries& subjects) {
    for (SubjectId after{before_all};;) {
        HCP_CHECK(signs_.go_on());
        HCP_TRY(const auto page, subjects.after(after, page_size));
        if (page.empty()) break;
        for (const auto& row : page) {
            after = row.id;
            const auto entered = erased_.find(row.id);
            if (row.is_erased() && entered == erased_.end())
                find(LedgerFault::row_changed, LedgerSubject::subject, 0, row.id.value(),
                     named(LedgerSubject::subject, row.id) + " 的数据密钥已被拿走，留痕链没有删除的记载");
            if (entered == erased_.end()) continue;
            entered->second.met = true;
            if (!row.is_erased())
                find(LedgerFault::row_changed, LedgerSubject::subject, entered->second.lane, row.id.value(),
                     named(LedgerSubject::subject, row.id) + " 在留痕链中已删除，数据密钥却还在");
        }
    }
    find_missing(LedgerSubject::subject, erased_);
    return {};
}

ports::result<void> LedgerAccount::compare_openings(ports::OpeningQueries& openings) {
    HCP_TRY(const auto all, openings.all());
    for (const auto& row : all) {
        const OpeningKey key{row.project_no, row.section, row.opened_at};
        auto said = fact_of(row, 0);
        if (const auto entered = openings_.find(key); entered != openings_.end())
            said.lifted = std::get<entries::BidsOpened>(entered->second.fact).lifted;
        compare(LedgerSubject::opening, openings_, key, 0, said);
    }
    find_missing(LedgerSubject::opening, openings_);
    return {};
}

// What pages, figures and the province go by is the rating that an evaluation names.
ports::result<std::int64_t> LedgerAccount::compare_evaluations(ports::EvaluationQueries& evaluations) {
    std::int64_t in_force = 0;
    for (EvaluationId after{before_all};;) {
        HCP_CHECK(signs_.go_on());
        HCP_TRY(const auto page, evaluations.after(after, page_size));
        if (page.empty()) break;
        for (const auto& view : page) {
            after = view.evaluation.id;
            judge(view);
            if (view.rating) in_force += view.evaluation.secrecy.counts();
            const auto names = view.evaluation.rating_id;
            const auto newest = in_force_.find(after);
            const bool as_told = newest == in_force_.end() ? !ratings_.contains(names) : names == newest->second.rating;
            if (!as_told)
                find(LedgerFault::row_changed, LedgerSubject::rating, 0, after.value(),
                     named(LedgerSubject::evaluation, after) + " 所指的评价不是留痕链中它的最后一次评价");
        }
    }
    for (const auto& [id, entered] : evaluations_)
        if (entered.case_id != CaseId{} && !entered.met)
            find(LedgerFault::row_removed, LedgerSubject::evaluation, 0, id.value(),
                 "留痕链记载的" + named(LedgerSubject::evaluation, id) + " 已不在数据库中");
    return in_force;
}

void LedgerAccount::judge(const ports::EvaluationView& view) {
    const auto& row = view.evaluation;
    const auto found = evaluations_.find(row.id);
    if (found == evaluations_.end() || found->second.case_id == CaseId{})
        return find(LedgerFault::row_inserted, LedgerSubject::evaluation, 0, row.id.value(),
                    named(LedgerSubject::evaluation, row.id) + " 在留痕链中没有记录");
    auto& entered = found->second;
    entered.met = true;
    const auto rated = in_force_.find(row.id);
    // An answer may come behind a withdrawal (E56).
    const auto state = rated == in_force_.end() ? (entered.voided ? EvaluationState::voided : EvaluationState::open)
                       : rated->second.origin == Origin::authored ? EvaluationState::rated
                                                                  : EvaluationState::defaulted;
    const bool case_withdrawn = withdrawn_.contains(entered.case_id);
    std::vector<std::string_view> differing;
    if (row.case_id != entered.case_id) differing.emplace_back("所属办件");
    if (row.deadline != entered.deadline) differing.emplace_back("截止时间");
    if (row.state != state) differing.emplace_back("状态");
    const auto opened = cases_.find(entered.case_id);
    auto& counted_by = entered.calendar_versions;
    if (counted_by.empty()) {  // that of its case; where entry and row of that differ, it is named there
        counted_by.insert(view.case_row.calendar_version);
        if (opened != cases_.end())
            counted_by.insert(std::get<entries::CaseOpened>(opened->second.fact).calendar_version);
    }
    if (!counted_by.contains(row.calendar_version)) differing.emplace_back("日历版本");
    if (row.withdrawn != (case_withdrawn && state != EvaluationState::voided) ||
        view.case_row.withdrawn != case_withdrawn)
        differing.emplace_back("撤回标记");
    if (opened != cases_.end() && row.secrecy != secrecy_of(entered.case_id)) differing.emplace_back("保密标记");
    if (!differing.empty())
        find(LedgerFault::row_changed, LedgerSubject::evaluation, 0, row.id.value(),
             named(LedgerSubject::evaluation, row.id) + " 的" + joined(differing, "、") + "与留痕链记载不符");
}

}  // namespace hcp::app
