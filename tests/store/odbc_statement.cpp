#include "adapters/store/odbc_statement.hpp"

#include "tests/support/mariadb.hpp"

#include <soci/odbc/soci-odbc.h>
#include <soci/soci.h>
#include <catch2/catch.hpp>

using namespace hcp;
using namespace hcp::store;

namespace {

// The library keeps the type information of its backends to itself, so the sanitizer cannot check this cast.
[[nodiscard]] __attribute__((no_sanitize("vptr"))) SQLHDBC native_handle(soci::session& session) {
    return static_cast<soci::odbc_session_backend*>(session.get_backend())->hdbc_;
}

}  // namespace

// How values reach a real Oracle, on the driver that there is: integers as text, texts as UTF-16.
SCENARIO("in Oracle's way values go in as an array and come back", "[store][oracle]") {
    soci::session soci{soci::odbc, "DRIVER=MariaDB Unicode;UID=root;SOCKET=" + hcp::test::MariaDb::shared().socket()};
    auto* const connection = native_handle(soci);
    const auto run = [&](const std::string& sql) { OdbcStatement{connection, sql, {}}.run({}, {}, 0); };
    run("create database if not exists odbc character set utf8mb4");
    run("create or replace table odbc.t (n decimal(19), s longtext, b blob)");

    const std::string bytes{"\0\1\xff", 3};
    // MariaDB's driver counts the length of these rightly.
    const std::string long_text = [] {
        std::string text;
        for (int i = 0; i < 5000; ++i) text += "项目·😀𠮷１２";
        return text;
    }();
    const std::string texts[] = {"a", "公共资源·😀𠮷", long_text};
    const Value rows[] = {Value{std::int64_t{-7}},
                          Value::text(texts[0]),
                          Value::bytes(domain::as_bytes(bytes)),
                          Value{std::int64_t{9'223'372'036'854'775'807}},
                          Value::text(texts[1]),
                          Value::none_of(Value::Kind::bytes),
                          Value::none_of(Value::Kind::integer),
                          Value::text(texts[2]),
                          Value::bytes(domain::as_bytes(bytes))};
    const std::size_t places[] = {0, 1, 2};
    CHECK(OdbcStatement{connection, "insert into odbc.t values (?, ?, ?)", {}}.run(rows, places, 3) == 3);

    const bool binds_columns = GENERATE(false, true);
    OdbcStatement read{connection,
                       "select n, s, cast(substr(s, 1, 8) as char(8)), b, cast(b as binary(3)) from odbc.t",
                       {.binds_columns = binds_columns}};
    read.run({}, {}, 0);
    for (std::size_t i = 0; i < 3; ++i) {
        INFO(i);
        REQUIRE(read.fetch());
        CHECK(read.null(0) == (i == 2));
        CHECK(read.integer(0) == rows[3 * i].integer);
        CHECK((read.text(1) == texts[i]));
        CHECK((read.text(2) == (i == 2 ? "项目·😀𠮷１２项" : i == 1 ? "公共资源·😀𠮷" : "a")));
        for (const int column : {3, 4}) {
            CHECK(read.null(column) == (i == 1));
            CHECK((i == 1 || domain::as_text(read.bytes(column)) == bytes));
        }
    }
    CHECK_FALSE(read.fetch());

    CHECK_THROWS_AS(run("selec"), OdbcError);
    CHECK_THROWS_AS(run("insert into odbc.no_such_table values (1)"), OdbcError);
}
