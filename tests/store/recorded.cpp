#include "adapters/store/statement.hpp"
#include "tests/store/recorder.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <set>

using namespace hcp::store;
using hcp::store::test::Recorder;

namespace {

void write(const std::string& file, const std::vector<std::string>& lines) {
    std::ofstream out{file};
    for (const auto& line : lines) out << line << '\n';
    REQUIRE(out.flush());
}

std::string in_one_line(std::string_view text) {
    std::string line;
    for (const char c : text) line += c == '\n' ? std::string{"\\n"} : std::string{c};
    return line;
}

// Every text that a database gets of us: migration or statement, name, text.
std::vector<std::string> texts(const Dialect& dialect) {
    std::vector<std::string> all;
    for (const auto& file : dialect.migrations())
        all.push_back("migration\t" + std::string{file.name} + "\t" + in_one_line(file.text));
    for (const auto* statement : all_statements()) {
        const auto both = spelled(*statement, dialect);
        for (std::string_view rest = both; !rest.empty();) {
            const auto end = std::min(rest.find(or_else), rest.size());
            all.push_back("statement\t" + std::string{statement->name} + "\t" +
                          driver_text(rest.substr(0, end), 2).sql);
            rest.remove_prefix(std::min(end + or_else.size(), rest.size()));
        }
    }
    return all;
}

// A letter for each column of a query.
std::vector<std::string> columns(const Recorder& recorder) {
    std::vector<std::string> all;
    for (const auto& [name, kinds] : recorder.columns()) {
        auto line = std::string{name} + "\t";
        for (const auto kind : kinds)
            line += kind == Value::Kind::integer ? 'i' : kind == Value::Kind::text ? 't' : 'b';
        all.push_back(std::move(line));
        INFO(name);
        CHECK(std::find(kinds.begin(), kinds.end(), Value::Kind::null) == kinds.end());
        CHECK(!kinds.empty());
    }
    return all;
}

}  // namespace

// What judge_h2, judge_grammars and compare_column_types read. It stands where the test runs.
SCENARIO("the contract of the store runs every statement, and the judges get what it asked and was answered",
         "[store]") {
    Recorder recorder;
    record_the_contract(recorder);
    const auto lines = recorder.lines();
    std::set<std::string> run;
    for (const auto& line : lines)
        if (line.starts_with("text\t")) run.insert(line.substr(line.find('\t', 5) + 1));
    for (const auto* statement : all_statements()) {
        INFO(statement->name);
        CHECK(std::any_of(run.begin(), run.end(), [&](const std::string& text) {
            return text.starts_with(std::string{statement->name} + "\t");
        }));
    }
    CHECK(recorder.left_out() * 10 < std::count(lines.begin(), lines.end(), "commit"));
    write("recorded_columns.tsv", columns(recorder));
    write("recorded.tsv", lines);
    write("texts_mysql.tsv", texts(mysql_dialect()));
    write("texts_oracle.tsv", texts(oracle_dialect()));
}
