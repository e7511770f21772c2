#pragma once
#include "plugin/domain/bytes.hpp"
#include "plugin/domain/ids.hpp"
#include "plugin/domain/ledger_kind.hpp"
#include "plugin/domain/time.hpp"
#include "plugin/domain/unmasking.hpp"

#include <string>

// What the ledger says of who saw who rated (ledger_entries.hpp). Free texts are keyed under the subject's key.
namespace hcp::domain::entries {

struct IdentityUnmasked {
    static constexpr auto kind = LedgerKind::unmasked;
    UnmaskingId unmasking_id;
    EvaluationId evaluation_id;
    std::string staff_id;
    Unmasked shown = Unmasked::identity;
    UnmaskingPurpose purpose = UnmaskingPurpose::contact;
    Digest reason{};
    Instant seen_at;
    friend bool operator==(const IdentityUnmasked&, const IdentityUnmasked&) = default;
};
void fields(auto& io, Of<IdentityUnmasked> auto& e) {
    io("编号", e.unmasking_id);
    io("待评事项", e.evaluation_id);
    io("工号", e.staff_id);
    io("查阅内容", e.shown);
    io("目的", e.purpose);
    io("原因", e.reason);
    io("查阅时间", e.seen_at);
}

struct LeakReported {
    static constexpr auto kind = LedgerKind::leak_reported;
    LeakCaseId leak_case_id;
    EvaluationId evaluation_id;
    std::string reported_by;  // staff id
    Digest occasion{};
    Instant reported_at;
    friend bool operator==(const LeakReported&, const LeakReported&) = default;
};
void fields(auto& io, Of<LeakReported> auto& e) {
    io("编号", e.leak_case_id);
    io("待评事项", e.evaluation_id);
    io("登记人", e.reported_by);
    io("线索", e.occasion);
    io("登记时间", e.reported_at);
}

struct LeakDecided {
    static constexpr auto kind = LedgerKind::leak_decided;
    LeakCaseId leak_case_id;
    LeakFinding finding = LeakFinding::unfounded;
    std::string culprit, decided_by;  // staff ids; culprit: of a confirmed one
    Digest outcome{};
    Instant decided_at;
    friend bool operator==(const LeakDecided&, const LeakDecided&) = default;
};
void fields(auto& io, Of<LeakDecided> auto& e) {
    io("编号", e.leak_case_id);
    io("结论", e.finding);
    io("泄露人", e.culprit);
    io("决定人", e.decided_by);
    io("处理结果", e.outcome);
    io("决定时间", e.decided_at);
}

}  // namespace hcp::domain::entries
