#include "tests/structure/parity.hpp"

#include "tests/structure/ddl.hpp"

#include <algorithm>
#include <cstddef>
#include <exception>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace hcp::test::ddl {
namespace {

// What a column may be declared as, (n) standing for the same number in all three. SQLite's types are only that of the
// value; what they hold at most is said by a check, which is read here as part of the type.
struct Type {
    std::string_view sqlite, mysql, oracle;
};
constexpr Type small_number{"integer", "smallint", "number(5)"};
constexpr Type large_number{"integer", "bigint", "number(19)"};
constexpr Type types[] = {
    small_number,
    {"integer", "int", "number(10)"},
    large_number,
    {"text(n)", "varchar(n)", "nvarchar2(n)"},
    {"text", "longtext", "nclob"},
    {"blob(n)", "binary(n)", "raw(n)"},
    {"blob", "mediumblob", "blob"},
};

constexpr std::string_view mysql_options = "engine = innodb default charset = utf8mb4 collate = utf8mb4_bin";

std::string without_size(std::string_view type, std::string_view& size) {
    const auto open = type.find('(');
    if (open == std::string_view::npos || type.starts_with("number")) return std::string{type};
    size = type.substr(open);
    return std::string{type.substr(0, open)} + "(n)";
}

// Oracle counts in units of UTF-16, of which a character may need two.
std::string in_characters(std::string_view oracle) {
    constexpr std::string_view national = "nvarchar2(";
    if (!oracle.starts_with(national)) return std::string{oracle};
    const auto units = std::stoi(std::string{oracle.substr(national.size())});
    return std::string{national} + (units % 2 == 0 ? std::to_string(units / 2) : "odd") + ")";
}

bool is_one_type(const Type& type, std::string_view sqlite, std::string_view mysql, std::string_view oracle) {
    std::string_view size, same, also;
    const auto characters = in_characters(oracle);
    return without_size(sqlite, size) == type.sqlite && without_size(mysql, same) == type.mysql &&
           without_size(characters, also) == type.oracle && size == same && size == also;
}

// In SQLite's own words: a length that is checked belongs to the type.
void take_length_into_type(Column& column) {
    for (const auto& [type, relation] : {std::pair{"text", " <= "}, std::pair{"blob", " = "}}) {
        const auto length = "length ( " + column.name + " )" + relation;
        const auto check = std::ranges::find_if(column.checks, [&](const auto& c) { return c.starts_with(length); });
        if (column.type != type || check == column.checks.end()) continue;
        column.type += "(" + check->substr(length.size()) + ")";
        column.checks.erase(check);
        return;
    }
}

// `id integer not null primary key` is SQLite's rowid, which takes no name; elsewhere it is a constraint.
void name_the_rowid(Step& step) {
    for (auto& column : step.columns)
        if (std::exchange(column.is_primary_key, false))
            step.constraints[step.name + "_pk"] = "primary key ( " + column.name + " )";
}

class Comparison {
public:
    Comparison(const Migration& migration, std::span<const PartialIndex> partial_indexes)
        : migration_{migration}, partial_indexes_{partial_indexes} {}

    std::vector<std::string> run() {
        if (!read(sqlite_, "sqlite", migration_.sqlite) || !read(mysql_, "mysql", migration_.mysql) ||
            !read(oracle_, "oracle", migration_.oracle))
            return std::move(found_);
        same("", "statement", &Step::verb);
        same("", "name", &Step::name);
        if (!found_.empty()) return std::move(found_);

        for (auto& column : sqlite_.columns) take_length_into_type(column);
        if (sqlite_.verb == "create table") name_the_rowid(sqlite_);
        columns();
        constraints();
        index();
        how_it_is_made();
        return std::move(found_);
    }

private:
    bool read(Step& step, std::string_view dialect, std::string_view text) {
        try {
            step = parse(text);
            return true;
        } catch (const std::exception& error) {
            found_.push_back(migration_.file + ": " + std::string{dialect} + ": " + error.what());
            return false;
        }
    }

    void differ(const std::string& where, std::string_view what, std::string_view sqlite, std::string_view mysql,
                std::string_view oracle) {
        const auto shown = [](std::string_view text) { return text.empty() ? "nothing" : std::string{text}; };
        found_.push_back(migration_.file + ": " + sqlite_.name + where + ": " + std::string{what} + ": sqlite " +
                         shown(sqlite) + ", mysql " + shown(mysql) + ", oracle " + shown(oracle));
    }
    void same(const std::string& where, std::string_view what, std::string_view sqlite, std::string_view mysql,
              std::string_view oracle) {
        if (sqlite != mysql || sqlite != oracle) differ(where, what, sqlite, mysql, oracle);
    }
    void same(const std::string& where, std::string_view what, std::string Step::*field) {
        same(where, what, sqlite_.*field, mysql_.*field, oracle_.*field);
    }

    void columns() {
        const auto most = std::max({sqlite_.columns.size(), mysql_.columns.size(), oracle_.columns.size()});
        for (std::size_t i = 0; i < most; ++i) {
            const auto name = [&](const Step& step) { return i < step.columns.size() ? step.columns[i].name : ""; };
            const auto ours = name(sqlite_);
            if (ours != name(mysql_) || ours != name(oracle_))
                return differ("." + (ours.empty() ? name(mysql_) : ours), "column " + std::to_string(i + 1), ours,
                              name(mysql_), name(oracle_));
            column(sqlite_.columns[i], mysql_.columns[i], oracle_.columns[i]);
        }
    }
    void column(const Column& sqlite, const Column& mysql, const Column& oracle) {
        const auto where = "." + sqlite.name;
        const auto nullness = [](const Column& c) { return c.may_be_null ? "null" : "not null"; };
        same(where, "null", nullness(sqlite), nullness(mysql), nullness(oracle));
        same(where, "default", sqlite.fallback, mysql.fallback, oracle.fallback);
        same(where, "check", all(sqlite.checks), all(mysql.checks), all(oracle.checks));
        const auto inline_key = [](const Column& c) { return c.is_primary_key ? "primary key" : ""; };
        same(where, "unnamed key", inline_key(sqlite), inline_key(mysql), inline_key(oracle));

        const bool yes_or_no = std::ranges::count(sqlite.checks, sqlite.name + " in ( 0 , 1 )") != 0;
        const bool instant = sqlite.name.ends_with("_us");
        const auto fits = [&](const Type& type) { return is_one_type(type, sqlite.type, mysql.type, oracle.type); };
        if (yes_or_no ? !fits(small_number) : instant ? !fits(large_number) : std::ranges::none_of(types, fits))
            differ(where,
                   yes_or_no ? "type of yes and no"
                   : instant ? "type of an instant"
                             : "type",
                   sqlite.type, mysql.type, oracle.type);
    }
    static std::string all(const std::vector<std::string>& conditions) {
        std::string text;
        for (const auto& condition : conditions) text += (text.empty() ? "" : "; ") + condition;
        return text;
    }

    void constraints() {
        std::set<std::string> names;
        for (const auto* step : {&sqlite_, &mysql_, &oracle_})
            for (const auto& [name, text] : step->constraints) names.insert(name);
        for (const auto& name : names) {
            const auto text = [&](const Step& step) {
                const auto it = step.constraints.find(name);
                return it == step.constraints.end() ? std::string{} : it->second;
            };
            same("", "constraint " + name, text(sqlite_), text(mysql_), text(oracle_));
        }
    }

    void index() {
        same("", "indexed table", &Step::on);
        const auto known = std::ranges::find(partial_indexes_, sqlite_.name, &PartialIndex::name);
        const bool listed = known != partial_indexes_.end();
        same("", "condition outside SQLite", "", mysql_.where, oracle_.where);
        if (sqlite_.where != (listed ? known->where : ""))
            differ("", "condition that is not listed", sqlite_.where, mysql_.where, oracle_.where);
        if (listed) {
            if (sqlite_.indexed != known->columns || mysql_.indexed != known->elsewhere ||
                oracle_.indexed != known->elsewhere)
                differ("", "columns that are not listed", sqlite_.indexed, mysql_.indexed, oracle_.indexed);
        } else {
            // An index of SQLite ends in the rowid anyway, which is the id.
            const auto spelt_out = mysql_.indexed == sqlite_.indexed + " , id" ? mysql_.indexed : sqlite_.indexed;
            same("", "columns", spelt_out, mysql_.indexed, oracle_.indexed);
        }
    }

    // A step may be taken again after a crash; where the dialect has words for that, they stand there.
    void how_it_is_made() {
        const bool table = sqlite_.verb == "create table", alters = sqlite_.verb == "alter table";
        const auto words = [](const Step& step) { return step.if_not_exists ? "if not exists" : ""; };
        if (sqlite_.if_not_exists == alters || mysql_.if_not_exists != table || oracle_.if_not_exists)
            differ("", "repeating", words(sqlite_), words(mysql_), words(oracle_));
        if ((!sqlite_.options.empty() && sqlite_.options != "without rowid") ||
            mysql_.options != (table ? mysql_options : "") || !oracle_.options.empty())
            differ("", "options", sqlite_.options, mysql_.options, oracle_.options);
    }

    const Migration& migration_;
    std::span<const PartialIndex> partial_indexes_;
    Step sqlite_, mysql_, oracle_;
    std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> differences(const Migration& migration, std::span<const PartialIndex> partial_indexes) {
    return Comparison{migration, partial_indexes}.run();
}

}  // namespace hcp::test::ddl
