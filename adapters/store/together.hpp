#pragma once
#include "adapters/store/attributions.hpp"
#include "adapters/store/cases.hpp"
#include "adapters/store/catalogue.hpp"
#include "adapters/store/clock_marks.hpp"
#include "adapters/store/comments.hpp"
#include "adapters/store/deliveries.hpp"
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
#include "adapters/store/subjects.hpp"
#include "adapters/store/tickets.hpp"
#include "adapters/store/unmaskings.hpp"
#include "adapters/store/visits.hpp"
#include "plugin/ports/store/transaction.hpp"

// The subjects of one transaction, composed as the port has them.
namespace hcp::store {

struct Together {
    explicit Together(Unit& unit)
        : attributions{unit},
          cases{unit},
          catalogue{unit},
          clock_marks{unit},
          comments{unit},
          deliveries{unit},
          departments{unit},
          dossiers{unit},
          doubts{unit},
          drafts{unit},
          evaluations{unit},
          exports{unit},
          figures{unit},
          guides{unit},
          instances{unit},
          item_editions{unit},
          interpretations{unit},
          leak_cases{unit},
          ledger{unit},
          notices{unit},
          openings{unit},
          presences{unit},
          ratings{unit},
          references{unit},
          role_grants{unit},
          seals{unit},
          staff{unit},
          staff_invites{unit},
          staff_sessions{unit},
          subjects{unit},
          tickets{unit},
          unmaskings{unit},
          visits{unit} {}

    SqlAttributions attributions;
    SqlCases cases;
    SqlCatalogue catalogue;
    SqlClockMarks clock_marks;
    SqlComments comments;
    SqlDeliveries deliveries;
    SqlEditions<domain::Department> departments;
    SqlDossiers dossiers;
    SqlDoubts doubts;
    SqlDrafts drafts;
    SqlEvaluations evaluations;
    SqlExports exports;
    SqlFigures figures;
    SqlEditions<domain::Guide> guides;
    SqlInstances instances;
    SqlEditions<domain::Item> item_editions;
    SqlInterpretations interpretations;
    SqlLeakCases leak_cases;
    SqlLedger ledger;
    SqlNotices notices;
    SqlOpenings openings;
    SqlPresences presences;
    SqlRatings ratings;
    SqlReferences references;
    SqlRoleGrants role_grants;
    SqlSeals seals;
    SqlStaff staff;
    SqlStaffInvites staff_invites;
    SqlStaffSessions staff_sessions;
    SqlSubjects subjects;
    SqlTickets tickets;
    SqlUnmaskings unmaskings;
    SqlVisits visits;
};

class SqlSnapshot final : public ports::Snapshot {
public:
    explicit SqlSnapshot(Unit& unit) : all_{unit} {}
    ports::AttributionQueries& attributions() override { return all_.attributions; }
    ports::CaseQueries& cases() override { return all_.cases; }
    ports::CatalogueQueries& catalogue() override { return all_.catalogue; }
    ports::ClockMarkQueries& clock_marks() override { return all_.clock_marks; }
    ports::CommentQueries& comments() override { return all_.comments; }
    ports::DeliveryQueries& deliveries() override { return all_.deliveries; }
    ports::EditionQueries<domain::Department>& departments() override { return all_.departments; }
    ports::DossierQueries& dossiers() override { return all_.dossiers; }
    ports::DoubtQueries& doubts() override { return all_.doubts; }
    ports::EvaluationQueries& evaluations() override { return all_.evaluations; }
    ports::ExportQueries& exports() override { return all_.exports; }
    ports::FigureQueries& figures() override { return all_.figures; }
    ports::EditionQueries<domain::Guide>& guides() override { return all_.guides; }
    ports::InstanceQueries& instances() override { return all_.instances; }
    ports::EditionQueries<domain::Item>& item_editions() override { return all_.item_editions; }
    ports::InterpretationQueries& interpretations() override { return all_.interpretations; }
    ports::LeakCaseQueries& leak_cases() override { return all_.leak_cases; }
    ports::LedgerQueries& ledger() override { return all_.ledger; }
    ports::NoticeQueries& notices() override { return all_.notices; }
    ports::OpeningQueries& openings() override { return all_.openings; }
    ports::PresenceQueries& presences() override { return all_.presences; }
    ports::RatingQueries& ratings() override { return all_.ratings; }
    ports::ReferenceQueries& references() override { return all_.references; }
    ports::RoleGrantQueries& role_grants() override { return all_.role_grants; }
    ports::SealQueries& seals() override { return all_.seals; }
    ports::StaffQueries& staff() override { return all_.staff; }
    ports::StaffInviteQueries& staff_invites() override { return all_.staff_invites; }
    ports::StaffSessionQueries& staff_sessions() override { return all_.staff_sessions; }
    ports::SubjectQueries& subjects() override { return all_.subjects; }
    ports::TicketQueries& tickets() override { return all_.tickets; }
    ports::UnmaskingQueries& unmaskings() override { return all_.unmaskings; }
    ports::VisitQueries& visits() override { return all_.visits; }

private:
    Together all_;
};

class SqlTransaction final : public ports::Transaction {
public:
    explicit SqlTransaction(Unit& unit) : all_{unit} {}
    ports::Attributions& attributions() override { return all_.attributions; }
    ports::Cases& cases() override { return all_.cases; }
    ports::Catalogue& catalogue() override { return all_.catalogue; }
    ports::ClockMarks& clock_marks() override { return all_.clock_marks; }
    ports::Comments& comments() override { return all_.comments; }
    ports::Deliveries& deliveries() override { return all_.deliveries; }
    ports::Editions<domain::Department>& departments() override { return all_.departments; }
    ports::Dossiers& dossiers() override { return all_.dossiers; }
    ports::Doubts& doubts() override { return all_.doubts; }
    ports::Drafts& drafts() override { return all_.drafts; }
    ports::Evaluations& evaluations() override { return all_.evaluations; }
    ports::Exports& exports() override { return all_.exports; }
    ports::Figures& figures() override { return all_.figures; }
    ports::Editions<domain::Guide>& guides() override { return all_.guides; }
    ports::Instances& instances() override { return all_.instances; }
    ports::Editions<domain::Item>& item_editions() override { return all_.item_editions; }
    ports::Interpretations& interpretations() override { return all_.interpretations; }
    ports::LeakCases& leak_cases() override { return all_.leak_cases; }
    ports::Ledger& ledger() override { return all_.ledger; }
    ports::Notices& notices() override { return all_.notices; }
    ports::Openings& openings() override { return all_.openings; }
    ports::Presences& presences() override { return all_.presences; }
    ports::Ratings& ratings() override { return all_.ratings; }
    ports::References& references() override { return all_.references; }
    ports::RoleGrants& role_grants() override { return all_.role_grants; }
    ports::Seals& seals() override { return all_.seals; }
    ports::Staff& staff() override { return all_.staff; }
    ports::StaffInvites& staff_invites() override { return all_.staff_invites; }
    ports::StaffSessions& staff_sessions() override { return all_.staff_sessions; }
    ports::Subjects& subjects() override { return all_.subjects; }
    ports::Tickets& tickets() override { return all_.tickets; }
    ports::Unmaskings& unmaskings() override { return all_.unmaskings; }
    ports::Visits& visits() override { return all_.visits; }

private:
    Together all_;
};

}  // namespace hcp::store
