#pragma once
#include "plugin/ports/store_rows.hpp"

#include <concepts>
#include <string_view>
#include <type_traits>

// The columns of each row, once: inserts, column lists of queries and reading all follow these lists.
namespace hcp::store {

using namespace ports;

// A text that is part of a key and may be empty. Oracle has no empty text and keys have no null: a blank stands for it.
template <class Text>
struct KeyText {
    Text& text;
};
template <class Text>
KeyText(Text&) -> KeyText<Text>;

// A number that is not known while it is 0; null in the table.
template <class Number>
struct Learnt {
    Number& number;
};
template <class Number>
Learnt(Number&) -> Learnt<Number>;

template <class T, class Row>
concept Of = std::same_as<std::remove_const_t<T>, Row>;

template <class Row>
constexpr std::string_view table{};
template <>
inline constexpr std::string_view table<SubjectRow> = "subjects";
template <>
inline constexpr std::string_view table<CaseRow> = "cases";
template <>
inline constexpr std::string_view table<EvaluationRow> = "evaluations";
template <>
inline constexpr std::string_view table<DraftRow> = "drafts";
template <>
inline constexpr std::string_view table<RatingRow> = "ratings";
template <>
inline constexpr std::string_view table<TicketRow> = "tickets";
template <>
inline constexpr std::string_view table<CommentRow> = "late_comments";
template <>
inline constexpr std::string_view table<DossierRow> = "dossiers";
template <>
inline constexpr std::string_view table<DeliveryRow> = "deliveries";
template <>
inline constexpr std::string_view table<VisitRow> = "visits";
template <>
inline constexpr std::string_view table<WithdrawalRow> = "withdrawals";
template <>
inline constexpr std::string_view table<OpeningRow> = "openings";
template <>
inline constexpr std::string_view table<LedgerRow> = "ledger";
template <>
inline constexpr std::string_view table<ItemRow> = "items";
template <>
inline constexpr std::string_view table<ReferenceRow> = "reference_files";
template <>
inline constexpr std::string_view table<Count> = "counters";

void fields(auto& io, Of<SubjectRow> auto& r) {
    io("id", r.id);
    io("lookup", r.lookup);
    io("subject_type", r.type);
    io("wrapped_key", r.wrapped_key);
    io("created_at_us", r.created_at);
}

void fields(auto& io, Of<CaseRow> auto& r) {
    io("id", r.id);
    io("key_digest", r.key_digest);
    io("content_digest", r.content_digest);
    io("host_id", r.host_id);
    io("case_no", r.case_no);
    io("completion_no", r.completion_no);
    io("line", r.line);
    io("project_no", r.project_no);
    io("section", r.section);
    io("node", r.node);
    io("project_name", r.project_name);
    io("item_code", r.item_code);
    io("department_id", r.department_id);
    io("department_name", r.department_name);
    io("sealed_handlers", r.sealed_handlers);
    io("service_mode", r.mode);
    io("secret", r.secret);
    io("unattributed", r.unattributed);
    io("unclassified", r.unclassified);
    io("withdrawn", r.withdrawn);
    io("completed_at_us", r.completed_at);
    io("accepted_at_us", r.accepted_at);
    io("promised_at_us", r.promised_at);
    io("secrecy_lifted_at_us", r.secrecy_lifted_at);
    io("withdrawn_at_us", r.withdrawn_at);
    io("opened_at_us", r.opened_at);
    io("policy_version", r.policy_version);
    io("calendar_version", r.calendar_version);
}

void fields(auto& io, Of<EvaluationRow> auto& r) {
    io("id", r.id);
    io("case_id", r.case_id);
    io("subject_id", r.subject_id);
    io("dossier_id", r.dossier_id);
    io("role", r.role);
    io("state", r.state);
    io("embargoed", r.embargoed);
    io("withdrawn", r.withdrawn);
    io("opened_at_us", r.opened_at);
    io("deadline_by_completion_us", r.deadline_by_completion);
    io("deadline_us", r.deadline);
    io("provisional", r.provisional);
    io("token_digest", r.token_digest);
    io("sealed_subject", r.sealed_subject);
    io("rating_id", r.rating_id);
    io("service_ordinal", r.service_ordinal);
    io("service_number", Learnt{r.service_number});
    io("service_time", r.service_time);
}

void fields(auto& io, Of<DraftRow> auto& r) {
    io("evaluation_id", r.evaluation_id);
    io("level_code", r.level);
    io("tags", r.tags);
    io("sealed_text", r.sealed_text);
    io("channel", r.channel);
    io("first_tapped_at_us", r.first_tapped_at);
    io("changed_at_us", r.changed_at);
}

void fields(auto& io, Of<RatingRow> auto& r) {
    io("id", r.id);
    io("evaluation_id", r.evaluation_id);
    io("revision", r.revision);
    io("origin", r.origin);
    io("level_code", r.level);
    io("tags", r.tags);
    io("sealed_text", r.sealed_text);
    io("text_digest", r.text_digest);
    io("channel", r.channel);
    io("incomplete", r.incomplete);
    io("real_name", r.real_name);
    io("request_digest", r.request_digest);
    io("received_at_us", r.received_at);
    io("stored_at_us", r.stored_at);
    io("ledger_lane", r.ledger_lane);
    io("ledger_seq", r.ledger_seq);
}

void fields(auto& io, Of<TicketRow> auto& r) {
    io("id", r.id);
    io("evaluation_id", r.evaluation_id);
    io("rating_id", r.rating_id);
    io("comment_id", r.comment_id);
    io("state", r.state);
    io("level_code", r.level);
    io("real_name", r.real_name);
    io("received_at_us", r.received_at);
    io("contact_deadline_us", r.contact_deadline);
    io("rectify_deadline_us", r.rectify_deadline);
}

void fields(auto& io, Of<CommentRow> auto& r) {
    io("id", r.id);
    io("evaluation_id", r.evaluation_id);
    io("level_code", r.level);
    io("tags", r.tags);
    io("sealed_text", r.sealed_text);
    io("channel", r.channel);
    io("request_digest", r.request_digest);
    io("received_at_us", r.received_at);
}

void fields(auto& io, Of<DossierRow> auto& r) {
    io("id", r.id);
    io("key_digest", r.key_digest);
    io("overflow", r.overflow);
    io("project_no", r.project_no);
    io("service_count", r.service_count);
    io("last_service_delivery", r.last_service_delivery);
}

void fields(auto& io, Of<DeliveryRow> auto& r) {
    io("id", r.id);
    io("dossier_id", r.dossier_id);
    io("evaluation_id", r.evaluation_id);
    io("rating_id", r.rating_id);
    io("kind", r.kind);
    io("revision", r.revision);
    io("state", r.state);
    io("held_reason", r.held_reason);
    io("waits_for", r.waits_for);
    io("attempts", r.attempts);
    io("outcome_unknown", r.outcome_unknown);
    io("created_at_us", r.created_at);
    io("next_at_us", r.next_at);
    io("give_up_at_us", r.give_up_at);
    io("delivered_at_us", r.delivered_at);
    io("held_since_us", r.held_since);
    io("last_reason", r.last_reason);
    io("sent_digest", r.sent_digest);
}

void fields(auto& io, Of<VisitRow> auto& r) {
    io("id", r.id);
    io("key_digest", r.key_digest);
    io("host_id", r.host_id);
    io("visit_no", r.visit_no);
    io("line", r.line);
    io("visited_at_us", r.visited_at);
    io("window_no", r.window);
    io("department_id", r.department_id);
    io("department_name", r.department_name);
    io("item_code", r.item_code);
    io("staff_id", r.staff_id);
    io("sealed_subject", r.sealed_subject);
    io("stored_at_us", r.stored_at);
}

void fields(auto& io, Of<WithdrawalRow> auto& r) {
    io("key_digest", r.key_digest);
    io("host_id", r.host_id);
    io("case_no", r.case_no);
    io("completion_no", r.completion_no);
    io("sealed_reason", r.sealed_reason);
    io("withdrawn_at_us", r.withdrawn_at);
    io("stored_at_us", r.stored_at);
}

void fields(auto& io, Of<OpeningRow> auto& r) {
    io("project_no", KeyText{r.project_no});
    io("section", KeyText{r.section});
    io("opened_at_us", r.opened_at);
    io("stored_at_us", r.stored_at);
}

void fields(auto& io, Of<LedgerRow> auto& r) {
    io("lane", r.lane);
    io("seq", r.seq);
    io("kind", r.kind);
    io("at_us", r.at);
    io("canonical", r.canonical);
    io("hash", r.hash);
    io("seal", r.seal);
}

void fields(auto& io, Of<LedgerHead> auto& r) {
    io("lane", r.lane);
    io("seq", r.seq);
    io("hash", r.hash);
}

void fields(auto& io, Of<ItemRow> auto& r) {
    io("item_code", r.item_code);
    io("name", r.name);
    io("area_code", r.area_code);
    io("department_code", r.department_code);
    io("department_name", r.department_name);
    io("task_code", r.task_code);
    io("task_handle_item", r.task_handle_item);
    io("task_type", r.task_type);
    io("project_type", r.project_type);
    io("classified", r.classified);
}

void fields(auto& io, Of<ReferenceRow> auto& r) {
    io("kind", r.kind);
    io("version", r.version);
    io("checksum", r.checksum);
    io("content", r.content);
    io("loaded_at_us", r.loaded_at);
}

void fields(auto& io, Of<Count> auto& r) {
    io("completion_day", r.day);
    io("line", r.line);
    io("department_id", KeyText{r.department_id});
    io("item_code", KeyText{r.item_code});
    io("metric", r.metric);
    io("n", r.n);
}

}  // namespace hcp::store
