#include "adapters/store/information_schema.hpp"

#include <algorithm>

namespace hcp::store {
namespace {

constexpr Statement table_columns{"mysql.table_columns", R"(
    select column_name, column_type, is_nullable from information_schema.columns
    where table_schema = database() and table_name = :name order by ordinal_position)"};
constexpr Statement index_columns{"mysql.index_columns", R"(
    select column_name, non_unique from information_schema.statistics
    where table_schema = database() and table_name = :table and index_name = :name order by seq_in_index)"};

// MariaDB, and MySQL before 8.0.19, tell how wide a whole number would be shown.
std::string without_width(std::string type) {
    if (type.find("int(") != std::string::npos) type.resize(type.find('('));
    return type;
}

}  // namespace

SchemaObject found_by_information_schema(Session& session, const SchemaObject& ours) {
    auto theirs = ours;
    theirs.columns.clear();
    if (ours.kind == SchemaObject::Kind::index) {
        session.query(index_columns, with("table", ours.table, "name", ours.name), {}, [&](const Row& row) {
            theirs.columns.push_back({std::string{row.text(0)}, {}, true});
            theirs.unique = row.integer(1) == 0;
        });
        return theirs;
    }
    session.query(table_columns, with("name", ours.name), {}, [&](const Row& row) {
        theirs.columns.push_back(
            {std::string{row.text(0)}, without_width(std::string{row.text(1)}), row.text(2) == "YES"});
    });
    return theirs;
}

SchemaObject in_oracles_words(SchemaObject object) {
    struct Word {
        std::string_view mariadb, oracle;
    };
    constexpr Word words[] = {{"varchar", "nvarchar2"},
                              {"varbinary", "raw"},
                              {"decimal", "number"},
                              {"longblob", "blob"},
                              {"longtext", "nclob"}};
    for (auto& column : object.columns) {
        auto& type = column.type;
        const auto head = type.substr(0, type.find('('));
        const auto* const word =
            std::find_if(std::begin(words), std::end(words), [&](const Word& one) { return one.mariadb == head; });
        if (word != std::end(words)) type.replace(0, head.size(), word->oracle);
        if (type.ends_with(",0)")) type.replace(type.size() - 3, 3, ")");
    }
    return object;
}

}  // namespace hcp::store
