#include "plugin/app/ledger/ledger_account.hpp"

#include "plugin/domain/overloaded.hpp"
#include "plugin/domain/text.hpp"
#include "plugin/record/ledger_facts.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace hcp::app {

using namespace record;

using namespace domain;

namespace {

constexpr std::size_t remembered = 1000;
constexpr std::size_t page_size = 1000;
constexpr auto before_all = std::numeric_limits<std::int64_t>::min();  // an attacker may use any id

// How a row is named to people, and by which number.
template <class Tag>
std::string label_of(const Strong<Tag, std::int64_t>& id) {
    return " " + std::to_string(id.value());
}
std::string label_of(const std::tuple<std::string, std::string, Instant>& opening) {
    const auto& [project, section, at] = opening;
    return "（项目 " + project + (section.empty() ? "" : " 标段 " + section) + "）";
}
std::string label_of(const std::pair<std::int32_t, std::string>& reference) {
    return "（" + std::string{text_of(static_cast<ports::ReferenceKind>(reference.first))} + " " + reference.second +
           "）";
}
template <class Tag>
std::int64_t number_of(const Strong<Tag, std::int64_t>& id) {
    return id.value();
}
std::int64_t number_of(const std::tuple<std::string, std::string, Instant>& opening) {
    return to_us(std::get<Instant>(opening));
}
std::int64_t number_of(const std::pair<std::int32_t, std::string>& reference) {
    return reference.first;
}

template <class Key>
std::string named(LedgerSubject subject, const Key& key) {
    return std::string{name_of(subject)} + label_of(key);
}

}  // namespace

template <class Key>
void LedgerAccount::note(LedgerSubject subject, Facts<Key>& facts, const Key& key, std::int32_t lane,
                         std::int64_t place, const LedgerFact& fact) {
    const auto [known, first] = facts.try_emplace(key, Entered{fact, lane});
    if (!first && known->second.fact != fact)
        find(LedgerFault::row_changed, subject, lane, number_of(key),
             named(subject, key) + " 在留痕链中有两种记载：其一是伪造的");
    if (!first) return;
    recent_.push_back({lane, place, [&facts, key] { facts.erase(key); }});
    if (recent_.size() > remembered) recent_.pop_front();
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
            [&](const entries::VisitMade& e) { note(LedgerSubject::visit, visits_, e.visit_id, lane, place, fact); },
            [&](const entries::BidsOpened& e) {
                note(LedgerSubject::opening, openings_, OpeningKey{e.project_no, e.section, e.opened_at}, lane, place,
                     fact);
            },
            [&](const entries::ReferenceLoaded& e) {
                note(LedgerSubject::reference, references_, ReferenceKey{e.reference_kind, e.version}, lane, place,
                     fact);
            },
            // What left is the province's to tell, and these change no row.
            [](const entries::Delivered&) {},
            [](const entries::VirtualClock&) {},
            [](const entries::CaseConflict&) {},
            [](const entries::DayLost&) {},
        },
        fact);
}

void LedgerAccount::forget(std::int32_t lane, std::int64_t from_place) {
    for (; !recent_.empty() && recent_.back().lane == lane && recent_.back().place >= from_place; recent_.pop_back())
        recent_.back().forget();
}

ports::result<std::int64_t> LedgerAccount::compare(ports::Snapshot& rows) {
    note_in_force();
    note_secret();
    HCP_CHECK(compare_cases(rows.cases()));
    HCP_CHECK(compare_pages<ports::RatingRow>(LedgerSubject::rating, ratings_,
                                              [&](RatingId after) { return rows.ratings().after(after, page_size); }));
    HCP_TRY(const auto in_force, compare_evaluations(rows.evaluations()));
    HCP_CHECK(compare_pages<ports::TicketRow>(LedgerSubject::ticket, tickets_,
                                              [&](TicketId after) { return rows.tickets().after(after, page_size); }));
    HCP_CHECK(compare_pages<ports::CommentRow>(
        LedgerSubject::comment, comments_, [&](CommentId after) { return rows.comments().after(after, page_size); }));
    HCP_CHECK(compare_pages<ports::VisitRow>(LedgerSubject::visit, visits_,
                                             [&](VisitId after) { return rows.visits().after(after, page_size); }));
    HCP_CHECK(compare_openings(rows.openings()));
    HCP_CHECK(compare_references(rows.references()));
    return in_force;
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

template <class Key>
void LedgerAccount::compare(LedgerSubject subject, Facts<Key>& facts, const Key& key, std::int32_t lane,
                            const LedgerFact& said_by_row) {
    const auto entered = facts.find(key);
    if (entered == facts.end())
        return find(LedgerFault::row_inserted, subject, lane, number_of(key),
                    named(subject, key) + " 在留痕链中没有记录");
    entered->second.met = true;
    const auto& fact = entered->second.fact;
    if (fact == said_by_row) return;
    const auto what = fact.index() == said_by_row.index() ? joined(differing_fields(fact, said_by_row), "、") : "来源";
    find(LedgerFault::row_changed, subject, entered->second.lane, number_of(key),
         named(subject, key) + " 的" + what + "与留痕链记载不符");
}

template <class Row, class Key, class Next>
ports::result<void> LedgerAccount::compare_pages(LedgerSubject subject, Facts<Key>& facts, const Next& next) {
    for (Key after{before_all};;) {
        HCP_TRY(const auto page, next(after));
        if (page.empty()) break;
        for (const Row& row : page) {
            after = row.id;
            std::int32_t lane = 0;
            if constexpr (requires { row.ledger_lane; }) lane = row.ledger_lane;
            compare(subject, facts, row.id, lane, fact_of(row));
            // The digest alone does not bring the words back.
            if constexpr (requires { row.text_digest; })
                if (row.text_digest != no_digest && row.sealed_text.empty())
                    find(LedgerFault::row_changed, subject, lane, row.id.value(),
                         named(subject, row.id) + " 的文字已被拿走");
        }
    }
    find_missing(subject, facts);
    return {};
}

template <class Key>
void LedgerAccount::find_missing(LedgerSubject subject, const Facts<Key>& facts) {
    for (const auto& [key, entered] : facts)
        if (!entered.met)
            find(LedgerFault::row_removed, subject, entered.lane, number_of(key),
                 "留痕链记载的" + named(subject, key) + " 已不在数据库中");
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

ports::result<void> LedgerAccount::compare_references(ports::ReferenceQueries& references) {
    using Kind = ports::ReferenceKind;
    for (const auto kind : {Kind::policy, Kind::calendar, Kind::tags, Kind::items, Kind::nodes}) {
        HCP_TRY(const auto rows, references.of(kind));
        for (const auto& row : rows) {
            compare(LedgerSubject::reference, references_, ReferenceKey{static_cast<std::int32_t>(kind), row.version},
                    0, fact_of(row, digests_.sm3({as_bytes(row.content)})));
        }
    }
    find_missing(LedgerSubject::reference, references_);
    return {};
}

// What pages, figures and the province go by is the rating that an evaluation names.
ports::result<std::int64_t> LedgerAccount::compare_evaluations(ports::EvaluationQueries& evaluations) {
    std::int64_t in_force = 0;
    for (EvaluationId after{before_all};;) {
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
