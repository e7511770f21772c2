#include "plugin/app/catalogue/show_guides.hpp"

#include <algorithm>

namespace hcp::app {

using namespace domain;

std::optional<GuideFacts> show_guide(const record::ReleasedCatalogue& catalogue, std::string_view item_code,
                                     std::optional<std::int32_t> revision, Instant now) {
    const auto editions = catalogue.guides(item_code);
    const auto* const item = catalogue.newest_item(item_code);
    if (editions.empty() || item == nullptr) return std::nullopt;
    const auto found = std::ranges::find_if(editions, [&](const auto& row) {
        return row.edition.revision == revision.value_or(editions.back().edition.revision);
    });
    if (found == editions.end()) return std::nullopt;
    GuideFacts facts{*item, {}, found->content, found->edition.revision, &*found == &editions.back(), {}};
    if (const auto* const department = catalogue.department(item->department_id, now))
        facts.department_name = department->name;
    for (auto row = editions.rbegin(); row != editions.rend(); ++row)
        facts.versions.push_back(
            {row->edition.revision, row->content.version, row->content.changelog, row->content.effective});
    return facts;
}

std::vector<GuidesOfLine> list_guides(const record::ReleasedCatalogue& catalogue, Day today) {
    std::vector<GuidesOfLine> lines;
    for (const auto& [code, row] : catalogue.items()) {
        const auto& item = *catalogue.newest_item(code);
        if (item.is_over(today) || catalogue.guides(code).empty()) continue;
        auto line = std::ranges::find(lines, item.line, &GuidesOfLine::line);
        if (line == lines.end()) line = lines.insert(lines.end(), {item.line, {}});
        line->items.push_back(item);
    }
    return lines;
}

std::vector<Guide> guides_older_than(const record::ReleasedCatalogue& catalogue, Day since, Day today) {
    std::vector<Guide> old;
    for (const auto& line : list_guides(catalogue, today))
        for (const auto& item : line.items)
            if (const auto& newest = catalogue.guides(item.code).back().content; newest.effective < since)
                old.push_back(newest);
    return old;
}

}  // namespace hcp::app
