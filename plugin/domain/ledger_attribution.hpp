#pragma once
#include "plugin/domain/bytes.hpp"
#include "plugin/domain/ids.hpp"
#include "plugin/domain/ledger_kind.hpp"
#include "plugin/domain/time.hpp"

#include <cstdint>
#include <string>
#include <vector>

// What the ledger says of whose a case is, where the centre has said it (ledger_entries.hpp).
namespace hcp::domain::entries {

// In force from then on: what was opened for one item or department counts for another (M2.1, E47).
struct Attributed {
    static constexpr auto kind = LedgerKind::attributed;
    AttributionId attribution_id;
    CaseId case_id;
    std::int32_t revision = 1;
    std::string item_code, department_id;
    std::vector<std::string> handlers;   // staff ids; none: those whom the host named
    std::string proposed_by, signed_by;  // staff ids; signed_by only of a case that was rated
    Instant effective_at;
    Digest reason{};
    friend bool operator==(const Attributed&, const Attributed&) = default;
};
void fields(auto& io, Of<Attributed> auto& e) {
    io("编号", e.attribution_id);
    io("办件", e.case_id);
    io("版次", e.revision);
    io("事项", e.item_code);
    io("部门", e.department_id);
    io("经办人", e.handlers);
    io("提出人", e.proposed_by);
    io("复签人", e.signed_by);
    io("生效时间", e.effective_at);
    io("原因", e.reason);
}

}  // namespace hcp::domain::entries
