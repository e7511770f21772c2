#pragma once
#include "plugin/app/ledger/ledger_findings.hpp"
#include "plugin/domain/catalogue.hpp"
#include "plugin/domain/evaluation.hpp"
#include "plugin/domain/ledger_entries.hpp"
#include "plugin/ports/signs.hpp"
#include "plugin/ports/store/transaction.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace hcp::app {

// What the ledger's entries together say of the rows, held against the rows.
class LedgerAccount {
public:
    LedgerAccount(const ports::Digests& digests, const ports::Signs& signs) : digests_{digests}, signs_{signs} {}

    // What the entry at that place says. Lanes come one after the other, so that what happened to an evaluation may
    // come before its opening.
    void note(std::int32_t lane, std::int64_t place, const domain::LedgerFact& fact);
    // What was noted of this lane from that place on was never said. Only the latest thousand entries are remembered by
    // their places.
    void forget(std::int32_t lane, std::int64_t from_place);

    // Answers how many ratings are in force, without those under bid secrecy (E14). Once, after all was noted.
    [[nodiscard]] ports::result<std::int64_t> compare(ports::Snapshot& rows);
    [[nodiscard]] LedgerFindings take_findings() { return std::move(findings_); }

private:
    struct Entered {
        domain::LedgerFact fact;
        std::int32_t lane = 0;
        bool met = false;  // its row
    };
    template <class Key>
    using Facts = std::map<Key, Entered>;
    // Of an evaluation several entries speak.
    struct Evaluation {
        domain::CaseId case_id;  // 0: its opening was not met
        domain::Instant deadline;
        std::set<std::string> calendar_versions;  // that its deadline was counted by
        bool voided = false, met = false;
    };
    struct TicketTerms {
        domain::Instant contact, rectify;
    };
    struct InForce {
        domain::RatingId rating;
        std::int32_t revision = 0;
        domain::Origin origin = domain::Origin::authored;
    };
    using OpeningKey = std::tuple<std::string, std::string, domain::Instant>;
    using ReferenceKey = std::pair<std::int32_t, std::string>;
    using EditionKey = std::tuple<domain::CataloguePart, std::string, std::int32_t>;

    template <class Key>
    void note(LedgerSubject subject, Facts<Key>& facts, const Key& key, std::int32_t lane, std::int64_t place,
              const domain::LedgerFact& fact);
    void note_ticket_terms();
    void note_attributions();
    template <class Entry>  // of an edition that was released
    void note(domain::CataloguePart part, const Entry& e, std::int32_t lane, std::int64_t place,
              const domain::LedgerFact& fact);
    void note_in_force();
    void note_secret();

    template <class Key>
    void compare(LedgerSubject subject, Facts<Key>& facts, const Key& key, std::int32_t lane,
                 const domain::LedgerFact& said_by_row);
    template <class Row, class Key, class Next>
    ports::result<void> compare_pages(LedgerSubject subject, Facts<Key>& facts, const Next& next);
    template <class Key>
    void find_missing(LedgerSubject subject, const Facts<Key>& facts);
    ports::result<void> compare_cases(ports::CaseQueries& cases);
    ports::result<void> compare_attributions(ports::AttributionQueries& attributions);
    ports::result<void> compare_openings(ports::OpeningQueries& openings);
    ports::result<void> compare_erasures(ports::SubjectQueries& subjects);
    // Rule files, and what imports of rosters have brought.
    ports::result<void> compare_references(ports::ReferenceQueries& references, ports::StaffQueries& staff);
    ports::result<void> compare_role_grants(ports::RoleGrantQueries& grants);
    ports::result<void> compare_sign_ons(ports::StaffInviteQueries& invites, ports::StaffSessionQueries& sessions);
    ports::result<void> compare_unmaskings(ports::UnmaskingQueries& unmaskings, ports::LeakCaseQueries& leak_cases);
    ports::result<void> compare_editions(ports::Snapshot& rows);
    template <class Content>
    ports::result<void> compare_editions_of(ports::EditionQueries<Content>& editions);
    ports::result<std::int64_t> compare_evaluations(ports::EvaluationQueries& evaluations);
    [[nodiscard]] domain::Secrecy secrecy_of(domain::CaseId id) const {
        return secret_.contains(id) ? domain::Secrecy::until_opening() : domain::open_to_all;
    }
    void judge(const ports::EvaluationView& view);
    void find(LedgerFault fault, LedgerSubject subject, std::int32_t lane, std::int64_t id, std::string text) {
        findings_.push_back({fault, subject, lane, id, std::move(text)});
    }
    // Its digest is there, the words are not.
    template <class Key>
    void find_taken(LedgerSubject subject, const Key& key, std::string_view what);

    const ports::Digests& digests_;
    const ports::Signs& signs_;
    Facts<domain::CaseId> cases_;
    Facts<domain::RatingId> ratings_, consents_;
    Facts<domain::TicketId> tickets_;
    std::map<domain::TicketId, TicketTerms> ticket_terms_;
    Facts<domain::CommentId> comments_;
    Facts<domain::VisitId> visits_;
    Facts<domain::SubjectId> erased_;
    Facts<OpeningKey> openings_;
    Facts<ReferenceKey> references_;
    Facts<domain::RoleGrantId> proposed_, confirmed_, ended_;
    Facts<domain::StaffInviteId> invites_;
    Facts<domain::StaffSessionId> sessions_;
    Facts<domain::ExportId> exports_;
    Facts<domain::UnmaskingId> unmaskings_;
    Facts<domain::LeakCaseId> leaks_reported_, leaks_decided_;
    Facts<domain::InterpretationId> interpretations_;
    Facts<EditionKey> editions_;
    Facts<domain::AttributionId> attributions_;
    std::map<domain::EvaluationId, Evaluation> evaluations_;
    std::set<domain::CaseId> withdrawn_;
    std::set<domain::CaseId> secret_;  // now: told in a secret lane, and no opening of bids that is told lifts it
    std::map<domain::EvaluationId, InForce> in_force_;
    // How to forget what an entry was the first to say.
    struct Recent {
        std::int32_t lane;
        std::int64_t place;
        std::function<void()> forget;
    };
    std::deque<Recent> recent_;
    LedgerFindings findings_;
};

}  // namespace hcp::app
