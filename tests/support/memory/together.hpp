#pragma once
#include "tests/support/memory/attributions.hpp"
#include "tests/support/memory/cases.hpp"
#include "tests/support/memory/catalogue.hpp"
#include "tests/support/memory/clock_marks.hpp"
#include "tests/support/memory/comments.hpp"
#include "tests/support/memory/deliveries.hpp"
#include "tests/support/memory/dossiers.hpp"
#include "tests/support/memory/doubts.hpp"
#include "tests/support/memory/drafts.hpp"
#include "tests/support/memory/editions.hpp"
#include "tests/support/memory/evaluations.hpp"
#include "tests/support/memory/exports.hpp"
#include "tests/support/memory/figures.hpp"
#include "tests/support/memory/instances.hpp"
#include "tests/support/memory/interpretations.hpp"
#include "tests/support/memory/leak_cases.hpp"
#include "tests/support/memory/ledger.hpp"
#include "tests/support/memory/notices.hpp"
#include "tests/support/memory/openings.hpp"
#include "tests/support/memory/presences.hpp"
#include "tests/support/memory/ratings.hpp"
#include "tests/support/memory/references.hpp"
#include "tests/support/memory/role_grants.hpp"
#include "tests/support/memory/seals.hpp"
#include "tests/support/memory/staff.hpp"
#include "tests/support/memory/staff_invites.hpp"
#include "tests/support/memory/staff_sessions.hpp"
#include "tests/support/memory/subjects.hpp"
#include "tests/support/memory/tickets.hpp"
#include "tests/support/memory/unmaskings.hpp"
#include "tests/support/memory/visits.hpp"

// The subjects of one transaction, composed as the port has them.
namespace hcp::test::memory {

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

    MemoryAttributions attributions;
    MemoryCases cases;
    MemoryCatalogue catalogue;
    MemoryClockMarks clock_marks;
    MemoryComments comments;
    MemoryDeliveries deliveries;
    MemoryEditions<domain::Department> departments;
    MemoryDossiers dossiers;
    MemoryDoubts doubts;
    MemoryDrafts drafts;
    MemoryEvaluations evaluations;
    MemoryExports exports;
    MemoryFigures figures;
    MemoryEditions<domain::Guide> guides;
    MemoryInstances instances;
    MemoryEditions<domain::Item> item_editions;
    MemoryInterpretations interpretations;
    MemoryLeakCases leak_cases;
    MemoryLedger ledger;
    MemoryNotices notices;
    MemoryOpenings openings;
    MemoryPresences presences;
    MemoryRatings ratings;
    MemoryReferences references;
    MemoryRoleGrants role_grants;
    MemorySeals seals;
    MemoryStaff staff;
    MemoryStaffInvites staff_invites;
    MemoryStaffSessions staff_sessions;
    MemorySubjects subjects;
    MemoryTickets tickets;
    MemoryUnmaskings unmaskings;
    MemoryVisits visits;
};

class MemorySnapshot final : public Snapshot {
public:
    explicit MemorySnapshot(Unit& unit) : all_{unit} {}
    AttributionQueries& attributions() override { return all_.attributions; }
    CaseQueries& cases() override { return all_.cases; }
    CatalogueQueries& catalogue() override { return all_.catalogue; }
    ClockMarkQueries& clock_marks() override { return all_.clock_marks; }
    CommentQueries& comments() override { return all_.comments; }
    DeliveryQueries& deliveries() override { return all_.deliveries; }
    EditionQueries<domain::Department>& departments() override { return all_.departments; }
    DossierQueries& dossiers() override { return all_.dossiers; }
    DoubtQueries& doubts() override { return all_.doubts; }
    EvaluationQueries& evaluations() override { return all_.evaluations; }
    ExportQueries& exports() override { return all_.exports; }
    FigureQueries& figures() override { return all_.figures; }
    EditionQueries<domain::Guide>& guides() override { return all_.guides; }
    InstanceQueries& instances() override { return all_.instances; }
    EditionQueries<domain::Item>& item_editions() override { return all_.item_editions; }
    InterpretationQueries& interpretations() override { return all_.interpretations; }
    LeakCaseQueries& leak_cases() override { return all_.leak_cases; }
    LedgerQueries& ledger() override { return all_.ledger; }
    NoticeQueries& notices() override { return all_.notices; }
    OpeningQueries& openings() override { return all_.openings; }
    PresenceQueries& presences() override { return all_.presences; }
    RatingQueries& ratings() override { return all_.ratings; }
    ReferenceQueries& references() override { return all_.references; }
    RoleGrantQueries& role_grants() override { return all_.role_grants; }
    SealQueries& seals() override { return all_.seals; }
    StaffQueries& staff() override { return all_.staff; }
    StaffInviteQueries& staff_invites() override { return all_.staff_invites; }
    StaffSessionQueries& staff_sessions() override { return all_.staff_sessions; }
    SubjectQueries& subjects() override { return all_.subjects; }
    TicketQueries& tickets() override { return all_.tickets; }
    UnmaskingQueries& unmaskings() override { return all_.unmaskings; }
    VisitQueries& visits() override { return all_.visits; }

private:
    Together all_;
};

class MemoryTransaction final : public Transaction {
public:
    explicit MemoryTransaction(Unit& unit) : all_{unit} {}
    Attributions& attributions() override { return all_.attributions; }
    Cases& cases() override { return all_.cases; }
    Catalogue& catalogue() override { return all_.catalogue; }
    ClockMarks& clock_marks() override { return all_.clock_marks; }
    Comments& comments() override { return all_.comments; }
    Deliveries& deliveries() override { return all_.deliveries; }
    Editions<domain::Department>& departments() override { return all_.departments; }
    Dossiers& dossiers() override { return all_.dossiers; }
    Doubts& doubts() override { return all_.doubts; }
    Drafts& drafts() override { return all_.drafts; }
    Evaluations& evaluations() override { return all_.evaluations; }
    Exports& exports() override { return all_.exports; }
    Figures& figures() override { return all_.figures; }
    Editions<domain::Guide>& guides() override { return all_.guides; }
    Instances& instances() override { return all_.instances; }
    Editions<domain::Item>& item_editions() override { return all_.item_editions; }
    Interpretations& interpretations() override { return all_.interpretations; }
    LeakCases& leak_cases() override { return all_.leak_cases; }
    Ledger& ledger() override { return all_.ledger; }
    Notices& notices() override { return all_.notices; }
    Openings& openings() override { return all_.openings; }
    Presences& presences() override { return all_.presences; }
    Ratings& ratings() override { return all_.ratings; }
    References& references() override { return all_.references; }
    RoleGrants& role_grants() override { return all_.role_grants; }
    Seals& seals() override { return all_.seals; }
    Staff& staff() override { return all_.staff; }
    StaffInvites& staff_invites() override { return all_.staff_invites; }
    StaffSessions& staff_sessions() override { return all_.staff_sessions; }
    Subjects& subjects() override { return all_.subjects; }
    Tickets& tickets() override { return all_.tickets; }
    Unmaskings& unmaskings() override { return all_.unmaskings; }
    Visits& visits() override { return all_.visits; }

private:
    Together all_;
};

}  // namespace hcp::test::memory
