#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/catalogue.hpp"

namespace hcp::store {

void fields(auto& io, Of<ports::ItemRow> auto& r) {
    io("item_code", r.item_code);
    io("name", r.name);
    io("area_code", r.area_code);
    io("department_code", r.department_code);
    io("department_name", r.department_name);
    io("task_code", r.task_code);
    io("task_handle_item", r.task_handle_item);
    io("task_type", r.task_type);
    io("project_type", r.project_type);
    io("classified", r.classified);
}

class SqlCatalogue final : public ports::Catalogue {
public:
    explicit SqlCatalogue(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::vector<ports::ItemRow>> items() override;
    result<void> put(std::span<const ports::ItemRow>) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
