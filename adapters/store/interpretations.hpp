#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/interpretations.hpp"

namespace hcp::store {

void fields(auto& io, Of<ports::InterpretationRow> auto& r) {
    io("id", r.id);
    io("policy_version", r.policy_version);
    io("rule_key", r.rule_key);
    io("interpretation", r.text);
    io("written_by", r.written_by);
    io("written_at_us", r.written_at);
}

class SqlInterpretations final : public ports::Interpretations {
public:
    explicit SqlInterpretations(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::vector<ports::InterpretationRow>> after(InterpretationId, std::size_t limit) override;
    result<void> insert(std::span<const ports::InterpretationRow>) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
