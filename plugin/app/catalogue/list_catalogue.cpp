#include "plugin/app/catalogue/list_catalogue.hpp"

#include "plugin/domain/day_text.hpp"
#include "plugin/record/json.hpp"

#include <boost/json.hpp>

#include <utility>

namespace hcp::app {

using namespace domain;
namespace json = boost::json;

namespace {

std::string says(const Department& one) {
    return one.name + (one.until ? "（至 " + domain::text_of(*one.until) + "，由 " + one.successor + " 承接）" : "");
}
std::string says(const Item& one) {
    return one.line + "：" + one.name + "（" + one.department_id + "）" +
           (one.until ? "，至 " + domain::text_of(*one.until) : "");
}
std::string says(const Guide& one) {
    return "版本 " + one.version + "，" + domain::text_of(one.effective) + " 起生效，" + one.owner;
}

std::string name_of(const Guide& one) {
    return one.version;
}
std::string name_of(const auto& one) {
    return one.name;
}
std::optional<Day> until(const Guide&) {
    return std::nullopt;
}
std::optional<Day> until(const auto& one) {
    return one.until;
}

template <class Content>
ports::result<void> add(std::vector<ListedEdition>& all, ports::EditionQueries<Content>& editions) {
    HCP_TRY(const auto rows, editions.standing());
    for (const auto& row : rows)
        all.push_back({part_of<Content>, code_of(row.content), name_of(row.content), says(row.content),
                       until(row.content), row.edition, cells_of(row.content)});
    return {};
}

json::object json_of(const Edition& edition) {
    return {{"revision", edition.revision},       {"draft", edition.state == EditionState::draft},
            {"drafted_by", edition.drafted_by},   {"drafted_at_us", to_us(edition.drafted_at)},
            {"released_by", edition.released_by}, {"released_at_us", record::json_of(edition.released_at)}};
}

}  // namespace

ports::result<std::vector<ListedEdition>> list_catalogue(ports::Store& store) {
    return ports::ask(store, [](ports::Snapshot& rows) -> ports::result<std::vector<ListedEdition>> {
        std::vector<ListedEdition> all;
        HCP_CHECK(add(all, rows.departments()));
        HCP_CHECK(add(all, rows.item_editions()));
        HCP_CHECK(add(all, rows.guides()));
        return all;
    });
}

json::array json_of(const std::vector<ListedEdition>& all) {
    json::array editions;
    for (const auto& one : all) {
        auto row = json_of(one.edition);
        row["part"] = code_of(one.part);
        row["code"] = one.code;
        row["name"] = one.name;
        row["says"] = one.says;
        row["until"] = one.until ? json::value(text_of(*one.until)) : json::value(nullptr);
        editions.push_back(std::move(row));
    }
    return editions;
}

std::optional<json::object> sheet_of(const std::vector<ListedEdition>& all, CataloguePart part, std::string_view code) {
    json::object sheet{{"part", code_of(part)}, {"code", code}, {"active", nullptr}, {"draft", nullptr}};
    const auto columns = columns_of(part);
    sheet["columns"] = json::array(columns.begin(), columns.end());
    bool any = false;
    for (const auto& one : all) {
        if (one.part != part || one.code != code) continue;
        any = true;
        auto edition = json_of(one.edition);
        edition["cells"] = json::array(one.cells.begin(), one.cells.end());
        sheet[one.edition.state == EditionState::draft ? "draft" : "active"] = std::move(edition);
    }
    if (!any) return std::nullopt;
    return sheet;
}

}  // namespace hcp::app
