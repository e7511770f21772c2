#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/attributions.hpp"

namespace hcp::store {

void fields(auto& io, Of<ports::AttributionRow> auto& r) {
    io("id", r.id);
    io("case_id", r.case_id);
    io("revision", r.revision);
    io("item_code", r.item_code);
    io("department_id", r.department_id);
    io("department_name", r.department_name);
    io("handlers", r.handlers);
    io("sealed_reason", r.sealed_reason);
    io("reason_digest", r.reason_digest);
    io("proposed_by", r.proposed_by);
    io("proposed_at_us", r.proposed_at);
    io("signed_by", r.signed_by);
    io("effective_at_us", r.effective_at);
}

class SqlAttributions final : public ports::Attributions {
public:
    explicit SqlAttributions(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::vector<ports::AttributionRow>> after(AttributionId, std::size_t limit) override;
    result<std::optional<ports::AttributionRow>> find(AttributionId) override;
    result<std::vector<ports::AttributionRow>> of_case(CaseId) override;
    result<std::vector<ports::AttributionRow>> waiting() override;
    result<void> insert(std::span<const ports::AttributionRow>) override;
    result<std::int64_t> sign(AttributionId, std::string_view by, Instant at) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
