#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/unmaskings.hpp"

namespace hcp::store {

void fields(auto& io, Of<ports::UnmaskingRow> auto& r) {
    io("id", r.id);
    io("evaluation_id", r.evaluation_id);
    io("staff_id", r.staff_id);
    io("shown", r.shown);
    io("purpose", r.purpose);
    io("sealed_reason", r.sealed_reason);
    io("reason_digest", r.reason_digest);
    io("seen_at_us", r.seen_at);
}

class SqlUnmaskings final : public ports::Unmaskings {
public:
    explicit SqlUnmaskings(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::vector<ports::UnmaskingRow>> after(UnmaskingId, std::size_t limit) override;
    result<std::vector<ports::UnmaskingRow>> of_evaluation(EvaluationId) override;
    result<std::vector<ports::UnmaskingRow>> between(Instant from, Instant to, UnmaskingId before,
                                                     std::size_t limit) override;
    result<std::vector<ports::UnmaskingCount>> counts(Instant from, Instant to) override;
    result<void> insert(std::span<const ports::UnmaskingRow>) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
