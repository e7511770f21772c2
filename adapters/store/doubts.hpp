#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/doubts.hpp"

namespace hcp::store {

void fields(auto& io, Of<ports::DoubtRow> auto& r) {
    io("evaluation_id", r.evaluation_id);
    io("number_wrong", r.number_wrong);
    io("kind_unknown", r.kind_unknown);
    io("line_unknown", r.line_unknown);
}

class SqlDoubts final : public ports::Doubts {
public:
    explicit SqlDoubts(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::vector<ports::DoubtSummary>> list(EvaluationId after, std::size_t limit) override;
    result<void> insert(std::span<const ports::DoubtRow>) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
