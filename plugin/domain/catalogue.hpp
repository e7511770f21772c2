#pragma once
#include "plugin/domain/time.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// What can be done at the centre, who does it, and how (M3, M4). What a row says is always one edition of it
// (edition.hpp).
namespace hcp::domain {

struct Department {
    std::string id;  // as hosts report it
    std::string name, duties;
    std::string province_code;  // 18 characters, as the province registers it
    Day since;
    std::optional<Day> until;  // its last day, once it is abolished
    std::string successor;     // of one that is abolished: who has its duties

    friend bool operator==(const Department&, const Department&) = default;
};

// What the centre promises of the time an item takes. Stored and chained: never renumber, never reuse.
enum class Promise : std::int32_t {
    on_the_spot = 1,
    once = 2,  // with one visit; nobody can tell unless visits are reported
    within = 3,
};
[[nodiscard]] std::string_view text_of(Promise) noexcept;  // Chinese, as files have it
[[nodiscard]] std::optional<Promise> promise_from(std::string_view text) noexcept;

struct Item {
    std::string code;  // as hosts report it
    std::string line;  // the business, in words: a centre may have others than the four of the measures
    std::string name, department_id;
    // What a message to the province says of it.
    std::string area_code, department_code, department_name, task_code, task_handle_item, task_type, project_type;
    Promise promise = Promise::on_the_spot;
    std::int32_t working_hours = 0, working_days = 0;  // of `within`: one of them
    std::vector<std::string> norms;                    // of service, that a bad review can cite
    std::vector<std::string> nodes;                    // the steps of its line that are this item
    std::optional<Day> until;                          // its last day, once it is abolished (E18)

    [[nodiscard]] bool is_over(Day today) const noexcept { return until && *until < today; }

    friend bool operator==(const Item&, const Item&) = default;
};

// M4.1: the eight that the measures demand, and for whom it is. In this order everywhere.
inline constexpr std::array<std::string_view, 9> guide_elements{
    "适用对象", "受理单位", "办理渠道", "申请条件", "申请材料", "办理程序", "办理时限", "收费依据及标准", "评价渠道"};

struct Guide {
    std::string item_code;
    std::string version;  // as people name it
    Day effective;
    std::string owner;  // who keeps it up to date: a post, not a person
    std::string changelog;
    std::vector<std::string> elements;  // as guide_elements names them

    friend bool operator==(const Guide&, const Guide&) = default;
};

// Everything, one edition of each.
struct CatalogueTables {
    std::vector<Department> departments;
    std::vector<Item> items;
    std::vector<Guide> guides;

    friend bool operator==(const CatalogueTables&, const CatalogueTables&) = default;
};

// Each part as a table: what it is called, its columns, of which the first is the code, and the cells of a row. Files,
// previews and faults name a field so.
enum class CataloguePart : std::int32_t { departments = 1, items = 2, guides = 3 };
inline constexpr std::array catalogue_parts{CataloguePart::departments, CataloguePart::items, CataloguePart::guides};
[[nodiscard]] std::string_view text_of(CataloguePart) noexcept;  // Chinese
[[nodiscard]] std::string_view file_of(CataloguePart) noexcept;  // "items.csv"
[[nodiscard]] std::string_view code_of(CataloguePart) noexcept;  // "items"
[[nodiscard]] std::optional<CataloguePart> part_from(std::string_view code) noexcept;
[[nodiscard]] std::span<const std::string_view> columns_of(CataloguePart) noexcept;

template <class Content>
struct PartOf;
template <>
struct PartOf<Department> {
    static constexpr auto part = CataloguePart::departments;
};
template <>
struct PartOf<Item> {
    static constexpr auto part = CataloguePart::items;
};
template <>
struct PartOf<Guide> {
    static constexpr auto part = CataloguePart::guides;
};
template <class Content>
inline constexpr CataloguePart part_of = PartOf<Content>::part;

[[nodiscard]] inline const std::string& code_of(const Department& one) noexcept {
    return one.id;
}
[[nodiscard]] inline const std::string& code_of(const Item& one) noexcept {
    return one.code;
}
[[nodiscard]] inline const std::string& code_of(const Guide& one) noexcept {
    return one.item_code;
}

[[nodiscard]] std::vector<std::string> cells_of(const Department&);
[[nodiscard]] std::vector<std::string> cells_of(const Item&);
[[nodiscard]] std::vector<std::string> cells_of(const Guide&);

struct CatalogueFault {
    CataloguePart part = CataloguePart::departments;
    std::string code;  // whose row
    std::string_view column;
    std::string problem, remedy;  // Chinese
};
// What is wrong with one row by itself, whatever the others are.
[[nodiscard]] std::vector<CatalogueFault> faults_of(const Department&);
[[nodiscard]] std::vector<CatalogueFault> faults_of(const Item&);
[[nodiscard]] std::vector<CatalogueFault> faults_of(const Guide&);
// Why this cannot be published on that day; every reason, in the order of the tables. At most 100.
[[nodiscard]] std::vector<CatalogueFault> faults_in(const CatalogueTables&, Day today);

// M4.2, M4.3: why this guide cannot follow `before` (nullptr: there was none), on that day; empty where it can.
[[nodiscard]] std::vector<CatalogueFault> faults_in_succession(const Guide& guide, const Guide* before, Day today);

}  // namespace hcp::domain
