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
                       until(row.content), row.edition});
    return {};
}

json::object json_of(const Edition& edition) {
    return {{"revision", edition.revision},       {"draft", edition.state == EditionState::draft},
            {"drafted_by", edition.drafted_by},   {"drafted_at_us", to_us(edition.drafted_at)},
            {"released_by", edition.released_by}, {"released_at_us", record::json_of(edition.released_at)}};
}

template <class Content>
ports::result<std::optional<json::object>> sheet_in(ports::EditionQueries<Content>& editions, std::string_view code) {
    constexpr auto part = part_of<Content>;
    const auto columns = columns_of(part);
    json::object sheet{{"part", code_of(part)},
                       {"code", code},
                       {"columns", json::array(columns.begin(), columns.end())},
                       {"active", nullptr},
                       {"draft", nullptr}};
    bool any = false;
    HCP_TRY(const auto rows, editions.standing());
    for (const auto& row : rows) {
        if (code_of(row.content) != code) continue;
        any = true;
        const auto cells = cells_of(row.content);
        auto edition = json_of(row.edition);
        edition["cells"] = json::array(cells.begin(), cells.end());
        sheet[row.edition.state == EditionState::draft ? "draft" : "active"] = std::move(edition);
    }
    return any ? std::optional{std::move(sheet)} : std::nullopt;
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
        row["until"] = one.until ? json::value(domain::text_of(*one.until)) : json::value(nullptr);
        editions.push_back(std::move(row));
    }
    return editions;
}

ports::result<std::optional<json::object>> catalogue_sheet(ports::Store& store, CataloguePart part,
                                                           std::string_view code) {
    using Sheet = ports::result<std::optional<json::object>>;
    return ports::ask(store, [&](ports::Snapshot& rows) -> Sheet {
        switch (part) {
            case CataloguePart::departments:
                return sheet_in(rows.departments(), code);
            case CataloguePart::items:
                return sheet_in(rows.item_editions(), code);
            case CataloguePart::guides:
                return sheet_in(rows.guides(), code);
        }
        return std::optional<json::object>{};
    });
}

}  // namespace hcp::app
