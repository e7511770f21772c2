#include "tests/structure/ddl.hpp"
#include "tests/structure/sources.hpp"

#include <sqlite3.h>
#include <catch2/catch.hpp>

#include <set>
#include <stdexcept>

using namespace hcp::test;

namespace {

// Up to here every step had landed before versions ran side by side (sql/README.md).
constexpr int last_before_the_rule = 37;

// What an older software takes rows from; it cannot where a row it does not know of refers to one of them.
std::set<std::string> tables_with_deletes() {
    static const std::regex deletes{R"(delete from (\w+))"};
    std::set<std::string> tables;
    for (const auto& source : sources_below("adapters/store")) {
        const auto text = text_in(root / source);
        for (auto it = std::sregex_iterator{text.begin(), text.end(), deletes}; it != std::sregex_iterator{}; ++it)
            tables.insert((*it)[1]);
    }
    return tables;
}

// Whether a condition holds of the column alone, with what rows get that do not name it.
bool holds_unnamed(const std::string& condition, const ddl::Column& column) {
    const auto text = "select (" + condition + ") is not 0 from (select " +
                      (column.fallback.empty() ? "null" : column.fallback) + " as " + column.name + ")";
    sqlite3* db = nullptr;
    sqlite3_stmt* asked = nullptr;
    const bool holds = sqlite3_open(":memory:", &db) == SQLITE_OK &&
                       sqlite3_prepare_v2(db, text.c_str(), -1, &asked, nullptr) == SQLITE_OK &&
                       sqlite3_step(asked) == SQLITE_ROW && sqlite3_column_int(asked, 0) == 1;
    sqlite3_finalize(asked);
    sqlite3_close(db);
    return holds;
}

// What an older software, running beside it, could not bear; empty where there is nothing.
std::string objection(const std::string& name, const std::string& text) {
    if (name.substr(name.find("__") + 2).starts_with("contract_")) return {};
    ddl::Step step;
    try {
        step = ddl::parse(text);
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    if ((step.options + step.where).find(';') != std::string::npos) return "more than one statement";
    if (step.verb == "create index") return {};
    if (step.verb == "create table") {
        static const auto deleted = tables_with_deletes();
        static const std::regex refers{R"(references (\w+))"};
        for (const auto& [constraint, words] : step.constraints)
            if (std::smatch found; std::regex_search(words, found, refers) && deleted.contains(found[1]))
                return constraint + ": refers to rows that are deleted";
        return {};
    }
    if (step.verb != "alter table") return step.verb;
    if (!step.constraints.empty()) return step.constraints.begin()->first + ": a constraint on rows that are there";
    for (const auto& column : step.columns) {
        if (column.is_primary_key) return column.name + ": a key";
        if (!column.may_be_null && (column.fallback.empty() || column.fallback == "null"))
            return column.name + ": neither nullable nor with a default";
        for (const auto& condition : column.checks)
            if (!holds_unnamed(condition, column)) return column.name + ": check ( " + condition + " )";
    }
    return {};
}

}  // namespace

SCENARIO("a step only adds what an older software can do without, or is named contract_", "[structure]") {
    for (const std::string dialect : {"sqlite", "mysql", "oracle"})
        for (const auto& entry : fs::directory_iterator{root / "sql" / dialect}) {
            const auto name = entry.path().filename().string();
            if (name == "CHECKSUMS" || std::stoi(name.substr(1, 4)) <= last_before_the_rule) continue;
            INFO(dialect << "/" << name);
            CHECK(objection(name, text_in(entry.path())) == "");
        }
    CHECK(fs::exists(root / "sql/README.md"));
}

SCENARIO("what an older software could not bear is noticed in every dialect", "[structure]") {
    const auto of = [](const std::string& text) { return objection("V0099__x.sql", text); };
    THEN("what adds is taken") {
        for (const char* text : {
                 "create table if not exists x (id integer not null primary key, constraint x_id unique (id))",
                 "create table x (id bigint not null, constraint x_fk foreign key (id) references cases (id))",
                 "create index if not exists x on cases (withdrawn)",
                 "create index x on cases (withdrawn, id)",
                 "alter table cases add column note text check (length(note) <= 9)",
                 "alter table cases add column note varchar(9)",
                 "alter table cases add (note nvarchar2(18), hidden number(5) default 0 not null check (hidden in (0, "
                 "1)))",
                 "alter table cases add column hidden smallint default 0 not null check (hidden in (0, 1))",
                 "alter table cases add column state integer check (state between 1 and 3)",
             })
            CHECK(of(text) == "");
    }
    THEN("what tightens is not") {
        for (const char* verb : {"create unique index if not exists x on cases (withdrawn)",
                                 "create unique index x on cases (withdrawn, id)"})
            CHECK(of(verb) == "create unique index");
        for (const char* text : {"alter table cases add column note text not null",
                                 "alter table cases add column note varchar(9) not null",
                                 "alter table cases add (note nvarchar2(18) not null)",
                                 "alter table cases add column note varchar(9) default null not null"})
            CHECK(of(text) == "note: neither nullable nor with a default");
        CHECK(of("alter table cases add column state integer default 0 not null check (state between 1 and 3)") ==
              "state: check ( state between 1 and 3 )");
        CHECK(of("alter table cases add column note text check (note is not null)") ==
              "note: check ( note is not null )");
        CHECK(of("alter table cases add (note number(5) check (note > withdrawn))") ==
              "note: check ( note > withdrawn )");
        CHECK(of("alter table cases add (note number(5), constraint cases_note unique (note))") ==
              "cases_note: a constraint on rows that are there");
        CHECK(of("alter table cases add (constraint x check (withdrawn = 0))") ==
              "x: a constraint on rows that are there");
        CHECK(of("alter table cases add column note integer primary key") == "note: a key");
        CHECK(of("create table x (id bigint, constraint x_fk foreign key (id) references drafts (id))") ==
              "x_fk: refers to rows that are deleted");
    }
    THEN("what takes away or rewrites is not") {
        for (const char* text : {
                 "drop table cases",
                 "drop index cases_secret",
                 "drop index cases_secret on cases",
                 "alter table cases drop column withdrawn",
                 "alter table cases drop (withdrawn)",
                 "alter table cases rename column withdrawn to gone",
                 "alter table cases rename to others",
                 "alter table cases modify withdrawn smallint not null",
                 "alter table cases modify (withdrawn not null)",
                 "alter table cases add column note text, drop column withdrawn",
                 "update cases set withdrawn = 0",
                 "delete from cases",
                 "insert into cases (id) values (1)",
                 "create index x on cases (withdrawn); drop table cases",
             })
            CHECK(of(text).starts_with("not understood:"));
        CHECK(of("create index if not exists x on cases (id) where withdrawn = 1; drop table cases") ==
              "more than one statement");
        CHECK(of("create table x (id bigint) engine = InnoDB; drop table cases") == "more than one statement");
        CHECK(objection("V0099__contract_x.sql", "drop table cases") == "");
        CHECK(objection("V0099__contraction.sql", "drop table cases") != "");
    }
}
