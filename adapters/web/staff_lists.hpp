#pragma once
#include "adapters/web/staff_routes.hpp"
#include "plugin/ports/sheet_writer.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// The lists of the desk as tables: what a file of one has in it. Whoever may see a list may take it, narrowed as he
// sees it; nobody else.
namespace hcp::web {

struct ListColumn {
    std::string_view key, title;  // title: Chinese
};
using SheetRows = std::vector<std::vector<ports::SheetCell>>;
struct ListContent {
    SheetRows rows;          // a cell for each column, in order
    std::string conditions;  // that narrowed it, without what somebody typed
};
// A refusal where the conditions are wrong, or more rows would come than a file has; or that the store did not answer.
using ListAnswer = std::variant<ListContent, Response>;

inline constexpr std::size_t most_rows = 50'000;  // of a file

struct StaffList {
    std::string_view code, title;  // title: Chinese
    std::vector<ListColumn> columns;
    bool (*open)(const StaffCall&);  // to whoever asks
    ListAnswer (*read)(const StaffCall&, const std::string& query);
};

// Null: there is no such list.
[[nodiscard]] const StaffList* find_staff_list(std::string_view code);

}  // namespace hcp::web
