#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

// Whether the three dialects of a migration make the same thing.
namespace hcp::test::ddl {

struct Migration {
    std::string file;
    std::string sqlite, mysql, oracle;  // the texts
};

// An index that SQLite keeps small by a condition. The others have none, so theirs begins with what the condition asks.
struct PartialIndex {
    std::string_view name, columns, where, elsewhere;
};

// One line per difference: file: table.column: what SQLite, MySQL and Oracle say.
[[nodiscard]] std::vector<std::string> differences(const Migration& migration,
                                                   std::span<const PartialIndex> partial_indexes);

}  // namespace hcp::test::ddl
