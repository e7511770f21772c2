#pragma once
#include "plugin/domain/ledger_entries.hpp"
#include "plugin/ports/store/transaction.hpp"

// What the ledger says of a row: written when it is made and compared when it is verified.
namespace hcp::record {

[[nodiscard]] inline domain::LedgerFact fact_of(const ports::RatingRow& row) {
    const auto as = [&](auto entry) -> domain::LedgerFact {
        entry = {row.id,      row.evaluation_id, row.revision,    row.level,     row.tags,       row.text_digest,
                 row.channel, row.incomplete,    row.unsubmitted, row.real_name, row.received_at};
        return entry;
    };
    return row.origin == domain::Origin::authored ? as(domain::entries::Rated{}) : as(domain::entries::Defaulted{});
}

[[nodiscard]] inline domain::entries::TicketOpened fact_of(const ports::TicketRow& row) {
    return {row.id,        row.evaluation_id, row.rating_id,        row.comment_id,      row.level,
            row.real_name, row.received_at,   row.contact_deadline, row.rectify_deadline};
}

[[nodiscard]] inline domain::entries::Consented fact_of(const ports::RatingConsentRow& row) {
    return {row.rating_id, row.shown_to_rated, row.may_be_contacted, row.phone_digest};
}

[[nodiscard]] inline domain::LedgerFact fact_of(const ports::CommentRow& row) {
    if (row.revision == 0 && row.level)
        return domain::entries::CommentMade{row.id,          row.evaluation_id, *row.level,     row.tags,
                                            row.text_digest, row.channel,       row.received_at};
    return domain::entries::CommentRevised{row.id,   row.evaluation_id, row.revision, row.level,
                                           row.tags, row.text_digest,   row.channel,  row.received_at};
}

[[nodiscard]] inline domain::entries::VisitMade fact_of(const ports::VisitRow& row) {
    return {row.id,     row.key_digest,    row.visited_at, row.line,
            row.window, row.department_id, row.item_code,  row.staff_id};
}

[[nodiscard]] inline domain::entries::CaseOpened fact_of(const ports::CaseRow& row) {
    return {.case_id = row.id,
            .key = row.key_digest,
            .content = row.content_digest,
            .completed_at = row.completed_at,
            .line = row.line,
            .project_no = row.project_no,
            .section = row.section,
            .node = row.node,
            .item_code = row.item_code,
            .department_id = row.department_id,
            .mode = row.mode,
            .policy_version = row.policy_version,
            .calendar_version = row.calendar_version};
}

// Once it is in effect.
[[nodiscard]] inline domain::entries::Attributed fact_of(const ports::AttributionRow& row) {
    return {row.id,           row.case_id,       row.revision,
            row.item_code,    row.department_id, row.handlers,
            row.proposed_by,  row.signed_by,     row.effective_at.value_or(domain::Instant{}),
            row.reason_digest};
}

[[nodiscard]] inline domain::entries::StaffInvited fact_of(const ports::StaffInviteRow& row) {
    return {row.id, row.token_digest, row.staff_id, row.made_by, row.made_at, row.until};
}

[[nodiscard]] inline domain::entries::StaffSignedOn fact_of(const ports::StaffSessionRow& row) {
    return {row.id, row.token_digest, row.staff_id, row.way, row.invite_id, row.since, row.ends_at};
}

[[nodiscard]] inline domain::entries::ListExported fact_of(const ports::ExportRow& row) {
    return {row.id,         row.mark, row.staff_id,    row.list_code, row.form,
            row.conditions, row.rows, row.file_digest, row.made_at};
}

[[nodiscard]] inline domain::entries::IdentityUnmasked fact_of(const ports::UnmaskingRow& row) {
    return {row.id, row.evaluation_id, row.staff_id, row.shown, row.purpose, row.reason_digest, row.seen_at};
}

[[nodiscard]] inline domain::entries::LeakReported report_fact(const ports::LeakCaseRow& row) {
    return {row.id, row.evaluation_id, row.reported_by, row.occasion_digest, row.reported_at};
}

// Once it is decided.
[[nodiscard]] inline domain::entries::LeakDecided decision_fact(const ports::LeakCaseRow& row) {
    return {row.id,         row.finding,        row.culprit,
            row.decided_by, row.outcome_digest, row.decided_at.value_or(domain::Instant{})};
}

[[nodiscard]] inline domain::entries::RuleInterpreted fact_of(const ports::InterpretationRow& row) {
    return {row.id, row.policy_version, row.rule_key, row.text, row.written_by, row.written_at};
}

// `lifted`: how many evaluations it made open to all.
[[nodiscard]] inline domain::entries::BidsOpened fact_of(const ports::OpeningRow& row, std::int64_t lifted) {
    return {row.project_no, row.section, row.opened_at, lifted};
}

// `content`: of the file's text, SM3.
[[nodiscard]] inline domain::entries::ReferenceLoaded fact_of(const ports::ReferenceRow& row,
                                                              const domain::Digest& content) {
    return {static_cast<std::int32_t>(row.kind), row.version, content};
}

}  // namespace hcp::record
