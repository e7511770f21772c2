#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/figures.hpp"

namespace hcp::store {

void fields(auto& io, Of<Count> auto& r) {
    io("completion_day", r.day);
    io("line", r.line);
    io("department_id", KeyText{r.department_id});
    io("item_code", KeyText{r.item_code});
    io("metric", r.metric);
    io("n", r.n);
}

// Each instance changes its own rows of the counters; they are summed on reading.
struct CounterRow {
    Count count;
    std::int32_t instance = 0;
};

void fields(auto& io, Of<CounterRow> auto& r) {
    fields(io, r.count);
    io("instance_no", r.instance);
}

class SqlFigures final : public ports::Figures {
public:
    explicit SqlFigures(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<ports::QueueFigures> queues() override;
    result<std::int64_t> highest_id() override;
    result<std::vector<Count>> counts(Day from, Day to) override;
    result<std::vector<Count>> recounted(Day from, Day to) override;
    result<std::vector<Count>> recounted_of(CaseId) override;
    result<void> add(std::span<const Count>) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
