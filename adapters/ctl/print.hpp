#pragma once
#include "plugin/domain/time.hpp"

#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::ctl {

// "2026-09-24 15:20:00", in Shanghai.
[[nodiscard]] std::string text_of(domain::Instant t);
[[nodiscard]] std::string text_of(const std::optional<domain::Instant>& t);  // “—” when there is none
[[nodiscard]] std::string weekday_of(domain::Day day);                       // 周四
[[nodiscard]] std::string yes_no(bool yes);                                  // 是, 否
[[nodiscard]] std::string or_dash(std::string_view text);                    // “—” for nothing

// Columns of terminal cells: a Chinese character takes two.
[[nodiscard]] std::size_t cells(std::string_view text);

class Table {
public:
    explicit Table(std::vector<std::string> heads) { rows_.push_back(std::move(heads)); }
    void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
    friend std::ostream& operator<<(std::ostream& out, const Table& table);

private:
    std::vector<std::vector<std::string>> rows_;
};

// One "名称：值" a line, the values in one column.
class Sheet {
public:
    void add(std::string name, std::string value) { lines_.emplace_back(std::move(name), std::move(value)); }
    friend std::ostream& operator<<(std::ostream& out, const Sheet& sheet);

private:
    std::vector<std::pair<std::string, std::string>> lines_;
};

// Behind a page of a list: how many it has, and, of a full one, how the next is asked for.
[[nodiscard]] std::string page_end(std::size_t listed, std::size_t limit, const std::string& last_id);

// What takes long says now and then that it goes on.
inline constexpr std::int64_t rows_between_signs_of_life = 100'000;

void print_json(std::ostream& out, const boost::json::value& value);

}  // namespace hcp::ctl
