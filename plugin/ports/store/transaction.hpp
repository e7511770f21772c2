#pragma once
#include "plugin/ports/store/attributions.hpp"
#include "plugin/ports/store/cases.hpp"
#include "plugin/ports/store/catalogue.hpp"
#include "plugin/ports/store/clock_marks.hpp"
#include "plugin/ports/store/comments.hpp"
#include "plugin/ports/store/deliveries.hpp"
#include "plugin/ports/store/dossiers.hpp"
#include "plugin/ports/store/doubts.hpp"
#include "plugin/ports/store/drafts.hpp"
#include "plugin/ports/store/errors.hpp"
#include "plugin/ports/store/evaluations.hpp"
#include "plugin/ports/store/exports.hpp"
#include "plugin/ports/store/figures.hpp"
#include "plugin/ports/store/instances.hpp"
#include "plugin/ports/store/interpretations.hpp"
#include "plugin/ports/store/leak_cases.hpp"
#include "plugin/ports/store/ledger.hpp"
#include "plugin/ports/store/notices.hpp"
#include "plugin/ports/store/openings.hpp"
#include "plugin/ports/store/presences.hpp"
#include "plugin/ports/store/ratings.hpp"
#include "plugin/ports/store/references.hpp"
#include "plugin/ports/store/role_grants.hpp"
#include "plugin/ports/store/seals.hpp"
#include "plugin/ports/store/staff.hpp"
#include "plugin/ports/store/staff_invites.hpp"
#include "plugin/ports/store/staff_sessions.hpp"
#include "plugin/ports/store/subjects.hpp"
#include "plugin/ports/store/tickets.hpp"
#include "plugin/ports/store/unmaskings.hpp"
#include "plugin/ports/store/visits.hpp"

namespace hcp::domain {
struct Department;
struct Item;
struct Guide;
}  // namespace hcp::domain

// What the store keeps, one interface per subject, composed. Identities and free text are in the rows only sealed
// (`sealed_*`) or as keyed digests. Strings may be empty; a dialect stores an empty one as null and gives it back as
// empty. "In order" answers line up with the question, one optional each.
namespace hcp::ports {

// editions.hpp; few of those who take a transaction read the catalogue.
template <class Content>
class EditionQueries;
template <class Content>
class Editions;

// Queries of one consistent snapshot.
class Snapshot {
public:
    virtual ~Snapshot() = default;
    virtual AttributionQueries& attributions() = 0;
    virtual CaseQueries& cases() = 0;
    virtual CatalogueQueries& catalogue() = 0;
    virtual ClockMarkQueries& clock_marks() = 0;
    virtual CommentQueries& comments() = 0;
    virtual DeliveryQueries& deliveries() = 0;
    virtual EditionQueries<domain::Department>& departments() = 0;
    virtual DossierQueries& dossiers() = 0;
    virtual DoubtQueries& doubts() = 0;
    virtual EvaluationQueries& evaluations() = 0;
    virtual ExportQueries& exports() = 0;
    virtual FigureQueries& figures() = 0;
    virtual EditionQueries<domain::Guide>& guides() = 0;
    virtual InstanceQueries& instances() = 0;
    virtual EditionQueries<domain::Item>& item_editions() = 0;
    virtual InterpretationQueries& interpretations() = 0;
    virtual LeakCaseQueries& leak_cases() = 0;
    virtual LedgerQueries& ledger() = 0;
    virtual NoticeQueries& notices() = 0;
    virtual OpeningQueries& openings() = 0;
    virtual PresenceQueries& presences() = 0;
    virtual RatingQueries& ratings() = 0;
    virtual ReferenceQueries& references() = 0;
    virtual RoleGrantQueries& role_grants() = 0;
    virtual SealQueries& seals() = 0;
    virtual StaffQueries& staff() = 0;
    virtual StaffInviteQueries& staff_invites() = 0;
    virtual StaffSessionQueries& staff_sessions() = 0;
    virtual SubjectQueries& subjects() = 0;
    virtual TicketQueries& tickets() = 0;
    virtual UnmaskingQueries& unmaskings() = 0;
    virtual VisitQueries& visits() = 0;
};

// A read-write transaction. A batch goes in as a batch, each dialect its fastest way; a row that breaks a unique key
// fails the transaction with `conflict`. The first operation that fails fails the whole, whatever the work answers.
class Transaction {
public:
    virtual ~Transaction() = default;
    virtual Attributions& attributions() = 0;
    virtual Cases& cases() = 0;
    virtual Catalogue& catalogue() = 0;
    virtual ClockMarks& clock_marks() = 0;
    virtual Comments& comments() = 0;
    virtual Deliveries& deliveries() = 0;
    virtual Editions<domain::Department>& departments() = 0;
    virtual Dossiers& dossiers() = 0;
    virtual Doubts& doubts() = 0;
    virtual Drafts& drafts() = 0;
    virtual Evaluations& evaluations() = 0;
    virtual Exports& exports() = 0;
    virtual Figures& figures() = 0;
    virtual Editions<domain::Guide>& guides() = 0;
    virtual Instances& instances() = 0;
    virtual Editions<domain::Item>& item_editions() = 0;
    virtual Interpretations& interpretations() = 0;
    virtual LeakCases& leak_cases() = 0;
    virtual Ledger& ledger() = 0;
    virtual Notices& notices() = 0;
    virtual Openings& openings() = 0;
    virtual Presences& presences() = 0;
    virtual Ratings& ratings() = 0;
    virtual References& references() = 0;
    virtual RoleGrants& role_grants() = 0;
    virtual Seals& seals() = 0;
    virtual Staff& staff() = 0;
    virtual StaffInvites& staff_invites() = 0;
    virtual StaffSessions& staff_sessions() = 0;
    virtual Subjects& subjects() = 0;
    virtual Tickets& tickets() = 0;
    virtual Unmaskings& unmaskings() = 0;
    virtual Visits& visits() = 0;
};

}  // namespace hcp::ports
