#include "adapters/store/attributions.hpp"
#include "adapters/store/cases.hpp"
#include "adapters/store/catalogue.hpp"
#include "adapters/store/clock_marks.hpp"
#include "adapters/store/columns.hpp"
#include "adapters/store/comments.hpp"
#include "adapters/store/deliveries.hpp"
#include "adapters/store/delivery_holds.hpp"
#include "adapters/store/delivery_totals.hpp"
#include "adapters/store/dossiers.hpp"
#include "adapters/store/doubts.hpp"
#include "adapters/store/drafts.hpp"
#include "adapters/store/editions.hpp"
#include "adapters/store/evaluations.hpp"
#include "adapters/store/exports.hpp"
#include "adapters/store/figures.hpp"
#include "adapters/store/instances.hpp"
#include "adapters/store/interpretations.hpp"
#include "adapters/store/leak_cases.hpp"
#include "adapters/store/ledger.hpp"
#include "adapters/store/migrations.hpp"
#include "adapters/store/notices.hpp"
#include "adapters/store/openings.hpp"
#include "adapters/store/presences.hpp"
#include "adapters/store/ratings.hpp"
#include "adapters/store/references.hpp"
#include "adapters/store/role_grants.hpp"
#include "adapters/store/seals.hpp"
#include "adapters/store/staff.hpp"
#include "adapters/store/staff_invites.hpp"
#include "adapters/store/staff_sessions.hpp"
#include "adapters/store/statement.hpp"
#include "adapters/store/subjects.hpp"
#include "adapters/store/tickets.hpp"
#include "adapters/store/unmaskings.hpp"
#include "adapters/store/visits.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>

// The subjects together: their tables and their statements.
namespace hcp::store {
namespace {

struct Table {
    std::string_view name;
    std::vector<std::string_view> (*columns)();
};

constexpr Table tables[] = {
    {"attributions", columns<ports::AttributionRow>},
    {"cases", columns<ports::CaseRow>},
    {"clock_marks", columns<ports::ClockMarkRow>},
    {"comments", columns<ports::CommentRow>},
    {"counters", columns<CounterRow>},
    {"deliveries", columns<ports::DeliveryRow>},
    {"delivery_totals", columns<DeliveryTotalRow>},
    {"departments", columns<ports::DepartmentRow>},
    {"dossiers", columns<ports::DossierRow>},
    {"doubts", columns<ports::DoubtRow>},
    {"drafts", columns<ports::DraftRow>},
    {"evaluations", columns<ports::EvaluationRow>},
    {"exports", columns<ports::ExportRow>},
    {"guides", columns<ports::GuideRow>},
    {"instances", columns<InstanceRow>},
    {"instance_states", columns<ports::InstanceStateRow>},
    {"interpretations", columns<ports::InterpretationRow>},
    {"item_editions", columns<ports::ItemEditionRow>},
    {"items", columns<ports::ItemRow>},
    {"late_comments", columns<LateCommentRow>},
    {"leak_cases", columns<ports::LeakCaseRow>},
    {"ledger", columns<ports::LedgerRow>},
    {"listed_services", columns<ListedServiceRow>},
    {"lost_days", columns<LostDayRow>},
    {"openings", columns<ports::OpeningRow>},
    {"presences", columns<ports::PresenceRow>},
    {"rating_consents", columns<ports::RatingConsentRow>},
    {"ratings", columns<ports::RatingRow>},
    {"reference_files", columns<ports::ReferenceRow>},
    {"role_grants", columns<ports::RoleGrantRow>},
    {"staff", columns<ports::StaffRow>},
    {"staff_invites", columns<ports::StaffInviteRow>},
    {"staff_notices", columns<ports::NoticeRow>},
    {"staff_sessions", columns<ports::StaffSessionRow>},
    {"subjects", columns<ports::SubjectRow>},
    {"tickets", columns<ports::TicketRow>},
    {"unmaskings", columns<ports::UnmaskingRow>},
    {"visits", columns<ports::VisitRow>},
    {"withdrawals", columns<ports::WithdrawalRow>},
};

}  // namespace

std::vector<std::string_view> table_names() {
    std::vector<std::string_view> names;
    for (const auto& table : tables) names.push_back(table.name);
    return names;
}

std::vector<std::string_view> columns_of(std::string_view table) {
    const auto* const found =
        std::find_if(std::begin(tables), std::end(tables), [&](const Table& t) { return t.name == table; });
    if (found == std::end(tables)) throw std::logic_error{"no table " + std::string{table}};
    return found->columns();
}

std::vector<const Statement*> all_statements() {
    std::vector<const Statement*> all;
    for (const auto& some : {SqlAttributions::statements(),    SqlCases::statements(),
                             SqlCatalogue::statements(),       SqlClockMarks::statements(),
                             SqlComments::statements(),        SqlDeliveries::statements(),
                             SqlDeliveryHolds::statements(),   DeliveryTotals::statements(),
                             SqlDossiers::statements(),        SqlDoubts::statements(),
                             SqlDrafts::statements(),          edition_statements(),
                             SqlEvaluations::statements(),     SqlExports::statements(),
                             SqlFigures::statements(),         SqlInstances::statements(),
                             SqlInterpretations::statements(), SqlLeakCases::statements(),
                             SqlLedger::statements(),          SqlNotices::statements(),
                             SqlOpenings::statements(),        SqlPresences::statements(),
                             SqlRatings::statements(),         SqlReferences::statements(),
                             SqlRoleGrants::statements(),      SqlSeals::statements(),
                             SqlStaff::statements(),           SqlStaffInvites::statements(),
                             SqlStaffSessions::statements(),   SqlSubjects::statements(),
                             SqlTickets::statements(),         SqlUnmaskings::statements(),
                             SqlVisits::statements(),          schema_statements()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

}  // namespace hcp::store
