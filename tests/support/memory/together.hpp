#pragma once
#include "tests/support/memory/cases.hpp"
#include "tests/support/memory/catalogue.hpp"
#include "tests/support/memory/clock_marks.hpp"
#include "tests/support/memory/comments.hpp"
#include "tests/support/memory/deliveries.hpp"
#include "tests/support/memory/dossiers.hpp"
#include "tests/support/memory/doubts.hpp"
#include "tests/support/memory/drafts.hpp"
#include "tests/support/memory/evaluations.hpp"
#include "tests/support/memory/figures.hpp"
#include "tests/support/memory/instances.hpp"
#include "tests/support/memory/ledger.hpp"
#include "tests/support/memory/openings.hpp"
#include "tests/support/memory/presences.hpp"
#include "tests/support/memory/ratings.hpp"
#include "tests/support/memory/references.hpp"
#include "tests/support/memory/subjects.hpp"
#include "tests/support/memory/tickets.hpp"
#include "tests/support/memory/visits.hpp"

// The subjects of one transaction, composed as the port has them.
namespace hcp::test::memory {

struct Together {
    explicit Together(Unit& unit)
        : cases{unit},
          catalogue{unit},
          clock_marks{unit},
          comments{unit},
          deliveries{unit},
          dossiers{unit},
          doubts{unit},
          drafts{unit},
          evaluations{unit},
          figures{unit},
          instances{unit},
          ledger{unit},
          openings{unit},
          presences{unit},
          ratings{unit},
          references{unit},
          subjects{unit},
          tickets{unit},
          visits{unit} {}

    MemoryCases cases;
    MemoryCatalogue catalogue;
    MemoryClockMarks clock_marks;
    MemoryComments comments;
    MemoryDeliveries deliveries;
    MemoryDossiers dossiers;
    MemoryDoubts doubts;
    MemoryDrafts drafts;
    MemoryEvaluations evaluations;
    MemoryFigures figures;
    MemoryInstances instances;
    MemoryLedger ledger;
    MemoryOpenings openings;
    MemoryPresences presences;
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
    ClockMarkQueries& clock_marks() override { return all_.clock_marks; }
    CommentQueries& comments() override { return all_.comments; }
    DeliveryQueries& deliveries() override { return all_.deliveries; }
    DossierQueries& dossiers() override { return all_.dossiers; }
    DoubtQueries& doubts() override { return all_.doubts; }
    EvaluationQueries& evaluations() override { return all_.evaluations; }
    FigureQueries& figures() override { return all_.figures; }
    InstanceQueries& instances() override { return all_.instances; }
    LedgerQueries& ledger() override { return all_.ledger; }
    OpeningQueries& openings() override { return all_.openings; }
    PresenceQueries& presences() override { return all_.presences; }
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
    ClockMarks& clock_marks() override { return all_.clock_marks; }
    Comments& comments() override { return all_.comments; }
    Deliveries& deliveries() override { return all_.deliveries; }
    Dossiers& dossiers() override { return all_.dossiers; }
    Doubts& doubts() override { return all_.doubts; }
    Drafts& drafts() override { return all_.drafts; }
    Evaluations& evaluations() override { return all_.evaluations; }
    Figures& figures() override { return all_.figures; }
    Instances& instances() override { return all_.instances; }
    Ledger& ledger() override { return all_.ledger; }
    Openings& openings() override { return all_.openings; }
    Presences& presences() override { return all_.presences; }
    Ratings& ratings() override { return all_.ratings; }
    References& references() override { return all_.references; }
    Subjects& subjects() override { return all_.subjects; }
    Tickets& tickets() override { return all_.tickets; }
    Visits& visits() override { return all_.visits; }

private:
    Together all_;
};

}  // namespace hcp::test::memory
