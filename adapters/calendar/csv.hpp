#pragma once
#include "adapters/calendar/parsed.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::calendar {

struct CsvRow {
    int line = 0;                    // where it begins, from 1
    std::vector<std::string> cells;  // in the order of the columns asked for, whatever their order in the file
};

// A table as RFC 4180 has it, read strictly:
//
//   UTF-8, with or without BOM; lines end in LF or CRLF; empty lines are skipped
//   the first row names the columns, each of `columns` exactly once and no other
//   a cell in double quotes may hold commas and quotes (doubled), and is kept as it is; any other is trimmed of blanks
//   what a cell says is one line of characters that show, without blanks at its ends: the province and the pages would
//   get another text than the one that stands here
//   what only a spreadsheet writes (May-20 for 2020-05, 3.7E+11, #NAME?) is refused in every column
//   a table without a row is refused, since somebody meant to write one
//
// All faults are reported at once; a row with a fault is left out, the rows after it are still read. Of a file with a
// NUL byte, or in UTF-16, nothing is.
[[nodiscard]] Parsed<std::vector<CsvRow>> read_csv(std::string_view file, std::string_view text,
                                                   std::span<const std::string_view> columns);

// One row, ended by LF, that read_csv gives back as it was, of cells that it takes. They are quoted only where they
// must be.
[[nodiscard]] std::string csv_line(std::span<const std::string> cells);

}  // namespace hcp::calendar
