#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace hcp::store {

// What a step of the schema makes, as far as two databases can be asked about it in the same words.
struct SchemaObject {
    enum class Kind { table, index, columns };  // `columns`: of a table that is there
    struct Column {
        std::string name, type;  // an index has names alone
        bool may_be_null = true;
    };

    Kind kind = Kind::table;
    std::string name;   // of the table or the index
    std::string table;  // which the index is on; else the same as `name`
    bool unique = false;
    std::vector<Column> columns;
};

// Throws std::logic_error for what no step is.
[[nodiscard]] SchemaObject made_by(std::string_view ddl);

// Takes away what `ours` does not name.
void leave_columns_of(SchemaObject& theirs, const SchemaObject& ours);

// "cases (id bigint not null, host_id varchar(32))", "unique index cases_secret on cases (secret)".
[[nodiscard]] std::string text_of(const SchemaObject&);

}  // namespace hcp::store
