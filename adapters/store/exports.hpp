#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/exports.hpp"

namespace hcp::store {

void fields(auto& io, Of<ports::ExportRow> auto& r) {
    io("id", r.id);
    io("mark", r.mark);
    io("staff_id", r.staff_id);
    io("list_code", r.list_code);
    io("file_form", r.form);
    io("conditions", r.conditions);
    io("row_count", r.rows);
    io("file_digest", r.file_digest);
    io("made_at_us", r.made_at);
}

class SqlExports final : public ports::Exports {
public:
    explicit SqlExports(Unit& unit) : unit_{unit} {}
    [[nodiscard]] static std::vector<const Statement*> statements();

    result<std::vector<ports::ExportRow>> after(ExportId, std::size_t limit) override;
    result<std::vector<ports::ExportRow>> before(ExportId, std::size_t limit) override;
    result<void> insert(std::span<const ports::ExportRow>) override;

private:
    Unit& unit_;
};

}  // namespace hcp::store
