#include "plugin/record/released_catalogue.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

namespace hcp::record {

using namespace domain;
using ports::EditionRow;

namespace {

ports::ItemRow row_of(const Item& item) {
    return {item.code,
            item.name,
            item.area_code,
            item.department_code,
            item.department_name,
            item.task_code,
            item.task_handle_item,
            item.task_type,
            item.project_type,
            true};
}

template <class Content>
std::int64_t not_drafts(const std::vector<EditionRow<Content>>& all) {
    return std::ranges::count_if(all, [](const auto& row) { return row.edition.state != EditionState::draft; });
}

}  // namespace

ReleasedCatalogue::ReleasedCatalogue(std::vector<ports::DepartmentRow> departments,
                                     std::vector<ports::ItemEditionRow> items, std::vector<ports::GuideRow> guides)
    : editions_{not_drafts(departments) + not_drafts(items) + not_drafts(guides)},
      departments_{released(std::move(departments))},
      items_{released(std::move(items))},
      guides_{released(std::move(guides))} {
    for (const auto& [code, editions] : items_) rows_.emplace(code, row_of(editions.back().content));
}

template <class Content>
auto ReleasedCatalogue::released(std::vector<EditionRow<Content>> all) -> ByCode<Content> {
    ByCode<Content> by_code;
    for (auto& row : all)
        if (row.edition.released_at) by_code[code_of(row.content)].push_back(std::move(row));
    return by_code;
}

template <class Content>
const Content* ReleasedCatalogue::at(const ByCode<Content>& editions, std::string_view code, Instant at) {
    const auto found = editions.find(code);
    if (found == editions.end()) return nullptr;
    const auto* const held = active_at(std::span<const EditionRow<Content>>{found->second}, at);
    return held != nullptr ? &held->content : &found->second.front().content;
}

const Department* ReleasedCatalogue::department(std::string_view id, Instant at) const {
    return ReleasedCatalogue::at(departments_, id, at);
}

const Item* ReleasedCatalogue::item(std::string_view code, Instant at) const {
    return ReleasedCatalogue::at(items_, code, at);
}

std::span<const ports::GuideRow> ReleasedCatalogue::guides(std::string_view item_code) const {
    const auto found = guides_.find(item_code);
    return found == guides_.end() ? std::span<const ports::GuideRow>{} : found->second;
}

const ports::GuideRow* ReleasedCatalogue::guide(std::string_view item_code, Instant at) const {
    return active_at(guides(item_code), at);
}

const Item* ReleasedCatalogue::newest_item(std::string_view code) const {
    const auto found = items_.find(code);
    return found == items_.end() ? nullptr : &found->second.back().content;
}

const Item* ReleasedCatalogue::item_of_step(Line line, std::string_view node, Instant at) const {
    const auto day = day_of(at);
    std::vector<const Item*> of_any_line, of_line;
    for (const auto& [code, editions] : items_) {
        const auto* const one = item(code, at);
        if (one->is_over(day) || std::ranges::find(one->nodes, node) == one->nodes.end()) continue;
        of_any_line.push_back(one);
        if (one->line == text_of(line)) of_line.push_back(one);
    }
    const auto& candidates = of_line.empty() ? of_any_line : of_line;
    return candidates.size() == 1 ? candidates.front() : nullptr;
}

}  // namespace hcp::record
