#include "adapters/store/codes.hpp"
#include "adapters/store/dialect.hpp"
#include "adapters/store/sqlite_session.hpp"
#include "adapters/store/together.hpp"
#include "plugin/domain/text.hpp"
#include "tests/store/column_types.hpp"
#include "tests/store/fixture.hpp"
#include "tests/store/portable_dialect.hpp"

#include <boost/pfr.hpp>

#include <algorithm>
#include <regex>
#include <set>

using namespace hcp;
using namespace hcp::store;

namespace {

// What a part of a row adds to its columns beyond one.
template <class R>
constexpr std::size_t parts = 0;
template <>
constexpr std::size_t parts<ports::DeliveryRow> = boost::pfr::tuple_size_v<UnknownOutcome> - 1;

template <class Content>
constexpr std::size_t parts<ports::EditionRow<Content>> =
    boost::pfr::tuple_size_v<Content> + boost::pfr::tuple_size_v<Edition> - 2;

template <class R>
void check_width() {
    CHECK(columns<R>().size() == boost::pfr::tuple_size_v<R> + parts<R>);
}
template <class... R>
void check_all_fields() {
    (check_width<R>(), ...);
}

SqliteStatement prepare(Session& session, std::string_view before, const std::string& sql, std::size_t keys = 2) {
    return {native_handle(dynamic_cast<SqliteSession&>(session).soci()),
            std::string{before} + driver_text(sql, keys).sql};
}

// Of an expression SQLite declares nothing.
store::test::ColumnKinds declared_columns(Session& session, const std::string& sql) {
    using namespace sqlite_api;
    auto* const db = native_handle(dynamic_cast<SqliteSession&>(session).soci());
    sqlite3_stmt* made = nullptr;
    REQUIRE(sqlite3_prepare_v2(db, sql.c_str(), -1, &made, nullptr) == SQLITE_OK);
    const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement{made, sqlite3_finalize};
    store::test::ColumnKinds kinds;
    for (int i = 0; i < sqlite3_column_count(made); ++i) {
        const auto* const declared = sqlite3_column_decltype(made, i);
        const std::string_view type = declared == nullptr ? "" : declared;
        kinds.push_back(type == "INTEGER" ? Value::Kind::integer
                        : type == "TEXT"  ? Value::Kind::text
                        : type == "BLOB"  ? Value::Kind::bytes
                                          : Value::Kind::null);
    }
    return kinds;
}

}  // namespace

SCENARIO("every statement prepares, in the words for all and in SQLite's own", "[store]") {
    store::test::SqliteDatabase database;
    const auto session = sqlite_dialect().open(database.options, Access::write, false);
    const store::test::PortableDialect portable;
    std::set<std::string_view> names;
    for (const auto* statement : all_statements()) {
        INFO(statement->name);
        CHECK(names.insert(statement->name).second);
        for (const Dialect* dialect : {&sqlite_dialect(), static_cast<const Dialect*>(&portable)}) {
            const auto sql = spelled(*statement, *dialect);
            INFO(sql);
            CHECK_NOTHROW(prepare(*session, "", sql));
            // Two lists would be bound alike.
            CHECK(std::count(sql.begin(), sql.end(), '@') <= 1);
        }
    }
    CHECK(names.size() > 50);
}

SCENARIO("no statement walks through a table that grows, but those that say so", "[store]") {
    store::test::SqliteDatabase database;
    const auto session = sqlite_dialect().open(database.options, Access::write, false);
    for (const auto* statement : all_statements()) {
        if (statement->walks) continue;
        const auto sql = spelled(*statement, sqlite_dialect());
        INFO(statement->name << ": " << sql);
        auto plan = prepare(*session, "explain query plan ", sql);
        std::set<std::string> made;  // what is scanned of these was looked up before
        while (plan.step()) {
            const auto words = domain::split(plan.text(3), ' ');
            INFO(plan.text(3));
            if (words[0] == "CO-ROUTINE" || words[0] == "MATERIALIZE") made.insert(words[1]);
            INFO("an index by a migration, or walks = true where it may");
            CHECK((words[0] != "SCAN" || made.contains(words[1])));
            // A page by id alone ends with its limit; one that leaves rows out goes on until it has enough.
            const bool by_id_alone = plan.text(3).find("INTEGER PRIMARY KEY (rowid>?)") != std::string::npos;
            CHECK_FALSE((by_id_alone && sql.find(" and ", sql.rfind("where ")) != std::string::npos));
        }
    }
}

SCENARIO("the columns of every query are what the product reads them as", "[store]") {
    store::test::SqliteDatabase database;
    const auto session = sqlite_dialect().open(database.options, Access::write, false);
    const store::test::PortableDialect portable;
    for (const Dialect* dialect : {&sqlite_dialect(), static_cast<const Dialect*>(&portable)})
        store::test::compare_column_types(
            *dialect, [&](const std::string& sql) { return declared_columns(*session, sql); },
            62);  // it declares nothing of an expression; a number that was none was refused while it was recorded
}

SCENARIO("a dialect has a text of its own only for statements that there are", "[store]") {
    const auto all = statements(ports::Backend::sqlite3);
    std::set<std::string_view> own;
    for (const auto& statement : all)
        if (statement.own) own.insert(statement.name);
    CHECK(own == std::set<std::string_view>{"deliveries.page_of_state", "ledger.heads"});
}

SCENARIO("no statement has the number of a state, a kind or a reason in it", "[store]") {
    const std::regex bare{
        R"((state|kind|held_reason|origin|level_code|metric|embargoed|secret|channel|role)\s*(=|<>|<|>|<=|>=|in\s*\()\s*\d)"};
    for (const auto* statement : all_statements())
        for (const auto part : statement->text.parts) {
            INFO(statement->name);
            CHECK_FALSE(std::regex_search(part.begin(), part.end(), bare));
        }
    for (const auto& statement : statements(ports::Backend::sqlite3)) {
        const auto own = std::string{sqlite_dialect().own(statement.name)};
        INFO(statement.name);
        CHECK_FALSE(std::regex_search(own, bare));
    }
}

SCENARIO("the list of columns names every field of its row", "[store]") {
    check_all_fields<ports::SubjectRow, ports::CaseRow, ports::EvaluationRow, ports::DraftRow, ports::RatingRow,
                     ports::TicketRow, ports::CommentRow, ports::DossierRow, ports::DeliveryRow, ports::VisitRow,
                     ports::WithdrawalRow, ports::OpeningRow, ports::LedgerRow, ports::ItemRow, ports::ReferenceRow,
                     ports::DepartmentRow, ports::ItemEditionRow, ports::GuideRow, ports::ClockMarkRow,
                     ports::InstanceStateRow, ports::StaffInviteRow, ports::StaffSessionRow, ports::ExportRow,
                     ports::NoticeRow, ports::UnmaskingRow, ports::LeakCaseRow, ports::InterpretationRow,
                     domain::Count>();
}

SCENARIO("the marks of a statement are filled in, and a mistake in one is named", "[store]") {
    const auto text = [](const char* sql) { return spelled({"a.test", sql}, sqlite_dialect()); };
    CHECK(text("select {instances i} from instances i where i.instance_no = :n") ==
          "select i.instance_no as i_instance_no, i.token as i_token, i.leased_until_us as i_leased_until_us from "
          "instances i where i.instance_no = :n");
    CHECK(
        text("{insert instances}") ==
        "insert into instances (instance_no, token, leased_until_us) values (:instance_no, :token, :leased_until_us)");
    CHECK(text("{upsert instances by instance_no}")
              .ends_with("on conflict (instance_no) do update set token = excluded.token, leased_until_us = "
                         "excluded.leased_until_us"));
    CHECK(text("{upsert delivery_totals by instance_no, state: n = delivery_totals.n + new.n}")
              .ends_with("on conflict (instance_no, state) do update set n = delivery_totals.n + excluded.n"));
    CHECK(text("select {instances; token: upper(token)} from instances") ==
          "select instance_no, upper(token), leased_until_us from instances");
    CHECK(text("x = #delivery.delivered and y = '#no {mark} :here'") == "x = 3 and y = '#no {mark} :here'");
    CHECK(text("a  b\n   c {limit :n}") == "a b c limit :n");
    CHECK_THROWS_WITH(text("select {nothing n}"), Catch::Contains("a.test") && Catch::Contains("nothing"));
    CHECK_THROWS_WITH(text("#delivery.lost"), Catch::Contains("delivery.lost"));
    CHECK_THROWS_WITH(text("{limit :n"), Catch::Contains("without its end"));
}

SCENARIO("parameters go to the driver in the order of their places", "[store]") {
    const auto text = driver_text("a = :one and b in (@keys) and c = :two and d = :one and e = ':no'", 3);
    CHECK(text.sql == "a = ? and b in (?,?,?) and c = ? and d = ? and e = ':no'");
    CHECK(text.names == std::vector<std::string>{"one", "two"});
    const int listed = DriverText::listed;
    CHECK(text.order == std::vector{0, listed, listed, listed, 1, 0});
    CHECK(driver_text("select 1", 0).order.empty());
    CHECK(driver_text("a = :one and b = '?' and c = :two", 0).pieces() ==
          std::vector<std::string>{"a = ", " and b = '?' and c = ", ""});
}
