#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/openings.hpp"

namespace hcp::store {

void fields(auto& io, Of<ports::OpeningRow> auto& r) {
    io("project_no", KeyText{r.project_no});
    io("section", KeyText{r.section});
    io("opened_at_us", r.opened_at);
    io("stored_at_us", r.stored_at);
}

class SqlOpenings final : public ports::Openings {
public:
    explicit SqlOpenings(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::vector<ports::OpeningRow>> of_projects(std::span<const std::string> project_nos) override;
    result<std::vector<ports::OpeningRow>> all() override;
    result<void> insert(std::span<const ports::OpeningRow>) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
