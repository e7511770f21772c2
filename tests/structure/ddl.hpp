#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

// The DDL that migrations are written in, read alike from all dialects. Everything is in lower case with one blank
// between tokens, so that equal text means an equal thing.
namespace hcp::test::ddl {

struct Column {
    std::string name;
    std::string type;  // "varchar(64)"
    bool may_be_null = true;
    bool is_primary_key = false;
    std::string fallback;             // what follows `default`
    std::vector<std::string> checks;  // conditions
};

// What one file does: `create table`, `create index`, `create unique index` or `alter table`.
struct Step {
    std::string verb;
    std::string name;
    bool if_not_exists = false;
    std::vector<Column> columns;                     // of a table, in order; an alter's are those it adds
    std::map<std::string, std::string> constraints;  // name -> "unique ( a , b )"; without a name: its own text
    std::string options;                             // after a table's closing parenthesis
    std::string on;                                  // an index's table
    std::string indexed;                             // an index's columns: "a , b"
    std::string where;                               // a partial index's condition
};

// Throws std::runtime_error with the words it stopped at when the text is no such statement.
[[nodiscard]] Step parse(std::string_view text);

}  // namespace hcp::test::ddl
