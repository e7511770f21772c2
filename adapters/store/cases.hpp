#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/cases.hpp"

namespace hcp::store {

void fields(auto& io, Of<ports::CaseRow> auto& r) {
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
    io("secret", r.reported_secrecy);
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

void fields(auto& io, Of<ports::WithdrawalRow> auto& r) {
    io("key_digest", r.key_digest);
    io("host_id", r.host_id);
    io("case_no", r.case_no);
    io("completion_no", r.completion_no);
    io("sealed_reason", r.sealed_reason);
    io("withdrawn_at_us", r.withdrawn_at);
    io("stored_at_us", r.stored_at);
}

class SqlCases final : public ports::Cases {
public:
    explicit SqlCases(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::vector<std::optional<ports::CaseRow>>> by_key(std::span<const Digest>) override;
    result<std::vector<std::optional<ports::WithdrawalRow>>> withdrawals(std::span<const Digest>) override;
    result<std::vector<ports::CaseRow>> after(CaseId, std::size_t limit) override;
    result<std::optional<ports::CaseRow>> find(CaseId) override;
    result<std::vector<ports::CaseRow>> by_number(std::string_view case_no, std::size_t limit) override;
    result<std::vector<ports::CaseRow>> unassigned_after(CaseId, std::size_t limit) override;
    result<void> insert(std::span<const ports::CaseRow>) override;
    result<void> insert(std::span<const ports::WithdrawalRow>) override;
    result<void> withdraw(CaseId, Instant at) override;
    result<void> attribute(CaseId, const ports::CaseAttribution&) override;
    result<std::vector<CaseId>> lift(const ports::OpeningRow&, Instant at) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
