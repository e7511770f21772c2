#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/domain/ledger_kind.hpp"
#include "plugin/domain/time.hpp"

#include <string>

// What the ledger says of how the centre interprets its rules (ledger_entries.hpp).
namespace hcp::domain::entries {

// M22.2: in the centre's own words, which are for everybody there to read.
struct RuleInterpreted {
    static constexpr auto kind = LedgerKind::rule_interpreted;
    InterpretationId interpretation_id;
    std::string policy_version, rule_key, text, written_by;
    Instant written_at;
    friend bool operator==(const RuleInterpreted&, const RuleInterpreted&) = default;
};
void fields(auto& io, Of<RuleInterpreted> auto& e) {
    io("编号", e.interpretation_id);
    io("规则版本", e.policy_version);
    io("条目", e.rule_key);
    io("解释", e.text);
    io("解释人", e.written_by);
    io("解释时间", e.written_at);
}

}  // namespace hcp::domain::entries
