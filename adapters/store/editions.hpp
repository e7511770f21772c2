#pragma once
#include "adapters/store/unit.hpp"
#include "plugin/ports/store/editions.hpp"

namespace hcp::store {

// Where the content's key stands in its row, and what comes of every edition.
void fields_of_edition(auto& io, auto& code, auto& e) {
    io("code", code);
    io("revision", e.revision);
    io("state", e.state);
    io("superseded_no", e.superseded_no);
    io("drafted_by", e.drafted_by);
    io("drafted_at_us", e.drafted_at);
    io("released_by", e.released_by);
    io("released_at_us", e.released_at);
}

void fields(auto& io, Of<ports::DepartmentRow> auto& r) {
    auto& d = r.content;
    fields_of_edition(io, d.id, r.edition);
    io("name", d.name);
    io("duties", d.duties);
    io("province_code", d.province_code);
    io("since_day", d.since);
    io("until_day", d.until);
    io("successor", d.successor);
}

void fields(auto& io, Of<ports::ItemEditionRow> auto& r) {
    auto& i = r.content;
    fields_of_edition(io, i.code, r.edition);
    io("business", i.line);
    io("name", i.name);
    io("department_id", i.department_id);
    io("area_code", i.area_code);
    io("department_code", i.department_code);
    io("department_name", i.department_name);
    io("task_code", i.task_code);
    io("task_handle_item", i.task_handle_item);
    io("task_type", i.task_type);
    io("project_type", i.project_type);
    io("promise", i.promise);
    io("working_hours", i.working_hours);
    io("working_days", i.working_days);
    io("norms", i.norms);
    io("nodes", i.nodes);
    io("until_day", i.until);
}

void fields(auto& io, Of<ports::GuideRow> auto& r) {
    auto& g = r.content;
    fields_of_edition(io, g.item_code, r.edition);
    io("version", g.version);
    io("effective_day", g.effective);
    io("owner", g.owner);
    io("changelog", g.changelog);
    io("elements", g.elements);
}

template <class Content>
class SqlEditions final : public ports::Editions<Content> {
public:
    using Row = ports::EditionRow<Content>;
    explicit SqlEditions(Unit& unit) : unit_{unit} {}

    result<std::vector<Row>> all() override;
    result<std::vector<Row>> standing() override;
    result<std::vector<Row>> of(std::span<const std::string>) override;
    result<void> insert(std::span<const Row>) override;
    result<std::int64_t> supersede(std::string_view code, std::int32_t revision, EditionState from) override;
    result<std::int64_t> release(std::string_view code, std::int32_t revision, std::string_view by,
                                 Instant at) override;

private:
    Unit& unit_;
};
extern template class SqlEditions<domain::Department>;
extern template class SqlEditions<domain::Item>;
extern template class SqlEditions<domain::Guide>;

[[nodiscard]] std::vector<const Statement*> edition_statements();  // of all three

}  // namespace hcp::store
