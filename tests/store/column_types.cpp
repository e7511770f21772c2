#include "tests/store/column_types.hpp"

#include "plugin/domain/text.hpp"
#include "tests/support/text_in.hpp"

#include <catch2/catch.hpp>

#include <map>

namespace hcp::store::test {
namespace {

using Kind = Value::Kind;

std::map<std::string, ColumnKinds> as_read() {
    std::map<std::string, ColumnKinds> all;
    for (const auto& line : domain::split(hcp::test::text_in("recorded_columns.tsv"), '\n')) {
        const auto end = line.find('\t');
        if (end == std::string::npos) continue;
        auto& kinds = all[line.substr(0, end)];
        for (const char letter : line.substr(end + 1))
            kinds.push_back(letter == 'i'   ? Kind::integer
                            : letter == 't' ? Kind::text
                            : letter == 'b' ? Kind::bytes
                                            : Kind::null);
    }
    return all;
}

}  // namespace

void compare_column_types(const Dialect& dialect, const std::function<ColumnKinds(const std::string& sql)>& prepare,
                          std::size_t untold) {
    const auto known = as_read();
    INFO("recorded_statements has to run before, in this folder");
    REQUIRE(known.size() > 40);
    CHECK(prepare("select key_digest, case_no, id, service_mode, sealed_handlers from cases where id = ?") ==
          ColumnKinds{Kind::bytes, Kind::text, Kind::integer, Kind::integer, Kind::bytes});
    std::size_t queries = 0, silent = 0;
    for (const auto* statement : all_statements()) {
        const auto text = spelled(*statement, dialect);
        if (!text.starts_with("select ") && !text.starts_with("with ")) continue;
        INFO(statement->name << ": " << text);
        const auto read = known.find(std::string{statement->name});
        REQUIRE(read != known.end());
        const auto found = prepare(driver_text(text, 2).sql);
        REQUIRE(found.size() == read->second.size());
        for (std::size_t i = 0; i < found.size(); ++i) {
            INFO("column " << i + 1);
            if (found[i] == Kind::null)
                ++silent;
            else
                CHECK(found[i] == read->second[i]);
        }
        ++queries;
    }
    CHECK(queries == known.size());
    CHECK(silent <= untold);
}

}  // namespace hcp::store::test
