#include "plugin/domain/catalogue.hpp"

#include "plugin/domain/day_text.hpp"
#include "plugin/domain/text.hpp"

#include <algorithm>
#include <iterator>

namespace hcp::domain {
namespace {

constexpr std::array<std::string_view, 7> department_columns{"department_id", "name",  "duties",   "province_code",
                                                             "since",         "until", "successor"};
constexpr std::array<std::string_view, 17> item_columns{"item_code",       "name",         "line",
                                                        "department_id",   "area_code",    "department_code",
                                                        "department_name", "task_code",    "task_handle_item",
                                                        "task_type",       "project_type", "promise",
                                                        "working_hours",   "working_days", "norms",
                                                        "nodes",           "until"};
constexpr std::array<std::string_view, 14> guide_columns{
    "item_code", "version",    "effective", "owner",     "changelog",  "audience", "accepted_by",
    "channels",  "conditions", "materials", "procedure", "time_limit", "fees",     "rating_channels"};
static_assert(guide_columns.size() == 5 + guide_elements.size());

struct PromiseWords {
    Promise promise;
    std::string_view text;
};
constexpr PromiseWords promise_words[] = {
    {Promise::on_the_spot, "当场"}, {Promise::once, "一次"}, {Promise::within, "限时"}};

std::string day_or_nothing(const std::optional<Day>& day) {
    return day ? text_of(*day) : std::string{};
}
std::string number_or_nothing(std::int32_t number) {
    return number == 0 ? std::string{} : std::to_string(number);
}

}  // namespace

std::string_view text_of(Promise promise) noexcept {
    const auto* const found = std::ranges::find(promise_words, promise, &PromiseWords::promise);
    return found == std::end(promise_words) ? std::string_view{} : found->text;
}

std::optional<Promise> promise_from(std::string_view text) noexcept {
    const auto* const found = std::ranges::find(promise_words, text, &PromiseWords::text);
    if (found == std::end(promise_words)) return std::nullopt;
    return found->promise;
}

std::string_view text_of(CataloguePart part) noexcept {
    switch (part) {
        case CataloguePart::departments:
            return "部门";
        case CataloguePart::items:
            return "事项";
        case CataloguePart::guides:
            return "办事指南";
    }
    return "";
}

std::string_view code_of(CataloguePart part) noexcept {
    auto name = file_of(part);
    name.remove_suffix(std::string_view{".csv"}.size());
    return name;
}

std::optional<CataloguePart> part_from(std::string_view code) noexcept {
    for (const auto part : catalogue_parts)
        if (code_of(part) == code) return part;
    return std::nullopt;
}

std::string_view file_of(CataloguePart part) noexcept {
    switch (part) {
        case CataloguePart::departments:
            return "departments.csv";
        case CataloguePart::items:
            return "items.csv";
        case CataloguePart::guides:
            return "guides.csv";
    }
    return "";
}

std::span<const std::string_view> columns_of(CataloguePart part) noexcept {
    switch (part) {
        case CataloguePart::departments:
            return department_columns;
        case CataloguePart::items:
            return item_columns;
        case CataloguePart::guides:
            return guide_columns;
    }
    return {};
}

std::vector<std::string> cells_of(const Department& one) {
    return {one.id,       one.name, one.duties, one.province_code, text_of(one.since), day_or_nothing(one.until),
            one.successor};
}

std::vector<std::string> cells_of(const Item& one) {
    return {one.code,
            one.name,
            one.line,
            one.department_id,
            one.area_code,
            one.department_code,
            one.department_name,
            one.task_code,
            one.task_handle_item,
            one.task_type,
            one.project_type,
            std::string{text_of(one.promise)},
            number_or_nothing(one.working_hours),
            number_or_nothing(one.working_days),
            joined(one.norms, ";"),
            joined(one.nodes, ";"),
            day_or_nothing(one.until)};
}

std::vector<std::string> cells_of(const Guide& one) {
    std::vector<std::string> cells{one.item_code, one.version, text_of(one.effective), one.owner, one.changelog};
    cells.insert(cells.end(), one.elements.begin(), one.elements.end());
    cells.resize(guide_columns.size());
    return cells;
}

}  // namespace hcp::domain
