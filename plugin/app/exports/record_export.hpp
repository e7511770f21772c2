#pragma once
#include "plugin/ports/store/exports.hpp"
#include "plugin/ports/tokens.hpp"
#include "plugin/record/books.hpp"
#include "plugin/run/workers.hpp"

#include <string>

// Which list left the desk as a file, and by whose hand: in the rows and in the ledger before anybody has the file.
namespace hcp::app {

// What stands in each row of a file, so that wherever a row turns up it can be looked up who took it: unique, and no
// secret. Any thread.
[[nodiscard]] ports::result<std::string> export_mark(const ports::Tokens&);

// The writer's thread. Its id and its time are given here.
[[nodiscard]] ports::result<void> record_export(record::Books&, const run::Workers& writer, ports::ExportRow);

}  // namespace hcp::app
