#include "adapters/store/check_database.hpp"
#include "adapters/store/migrations.hpp"
#include "plugin/domain/utf8.hpp"
#include "tests/store/server_fixture.hpp"

#include <algorithm>
#include <chrono>
#include <deque>

using namespace hcp;
using namespace hcp::store;
using namespace std::chrono_literals;
using contract::must;
using store::test::asked, store::test::comes_true;
using Kind = Remark::Kind;

namespace {

constexpr auto max_skew = 2s;

std::string said_of(const std::vector<Remark>& remarks, Kind kind, std::string_view about) {
    std::string all;
    for (const auto& one : remarks)
        if (one.kind == kind && one.about == about) all += one.text + "\n";
    return all;
}

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

bool is_text(std::string_view type) {
    return has(type, "char") || has(type, "text") || has(type, "clob");
}

// As many characters as the column holds; Oracle's types say how many halves of surrogate pairs.
std::string fitting(std::string_view type, bool counts_utf16) {
    const auto at = type.find('(');
    auto most = at == std::string_view::npos ? 99 : std::stoi(std::string{type.substr(at + 1)});
    if (counts_utf16) most /= 2;
    return std::string{domain::first_characters("𠮷·😀默", static_cast<std::size_t>(most))};
}

}  // namespace

SCENARIO("a database that was put back is not used before what was written is there again",
         "[store][server][own-server]") {
    store::test::ServerDatabase database;
    const auto store = database.open();
    store::test::Administrator root;
    contract::Samples make;
    const ports::LedgerRow entry{5, 3, 1, contract::monday, make.bytes(150), make.digest(), make.digest()};
    REQUIRE(store->write([&](ports::Transaction& rows) { return rows.ledger().append(std::span{&entry, 1}); }));
    REQUIRE(asked(*store));

    root.run("create or replace table contract.kept as select * from contract.ledger");
    root.run("delete from contract.ledger");
    root.close_all();
    CHECK(asked(*store).error() == ports::store_errc::corrupt);
    CHECK(store->write([](ports::Transaction&) -> ports::result<void> { return {}; }).error() ==
          ports::store_errc::corrupt);
    CHECK(has(store->complaint(), "第 " + std::to_string(entry.seq) + " 条"));
    CHECK(has(store->complaint(), "旧备份"));

    // Another entry of that number is no better.
    root.run("insert into contract.ledger select * from contract.kept");
    root.run("update contract.ledger set hash = repeat(x'07', 32)");
    CHECK(comes_true([&] { return asked(*store).error() == ports::store_errc::corrupt; }));

    root.run("delete from contract.ledger");
    root.run("insert into contract.ledger select * from contract.kept");
    CHECK(comes_true([&] { return asked(*store).has_value(); }));
    CHECK(comes_true(
        [&] { return store->write([](ports::Transaction&) -> ports::result<void> { return {}; }).has_value(); }));
    root.run("drop table contract.kept");
}

SCENARIO("the tables may be another schema's than the connection's own", "[store][server][administrator]") {
    store::test::ServerDatabase database;
    store::test::Administrator root;
    root.run("create or replace database of_others character set utf8mb4");
    root.run("create or replace database our_own character set utf8mb4");
    root.run("create or replace user guest@localhost");
    root.run("grant select, insert, update, delete, create, index, references on of_others.* to guest@localhost");
    root.run("grant select on our_own.* to guest@localhost");
    auto options = database.options;
    options.connection = [] {
        return store::test::server_under_test().own(hcp::test::MariaDb::shared().socket(), "our_own", "guest");
    };
    options.schema = "of_others";
    const auto script = must(migration_script(options, contract::monday));
    CHECK(has(script.substr(0, script.find('\n')), "of_others"));
    must(migrate(options, contract::monday));
    CHECK(must(migration_script(options, contract::monday)).empty());
    CHECK(root.run("select count(*) from information_schema.tables where table_schema = 'our_own'").front() == "0");
    contract::Samples make;
    const auto row = make.completion();
    REQUIRE(must(open_store(options))->write([&](ports::Transaction& rows) {
        return rows.cases().insert(std::span{&row, 1});
    }));
    CHECK(root.run("select count(*) from of_others.cases").front() == "1");
    CHECK(said_of(check_database(options, contract::monday, max_skew), Kind::fault, "结构").empty());

    options.schema = "of_nobody";
    CHECK_FALSE(open_store(options));
    root.run("drop user guest@localhost");
    root.run("drop database of_others");
    root.run("drop database our_own");
}

SCENARIO("a check of the database says what is missing and what works", "[store][server][administrator]") {
    store::test::ServerDatabase database;
    store::test::Administrator root;
    const auto now = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    root.run("create or replace user clerk@localhost");
    root.run("grant select, insert, update, delete on contract.* to clerk@localhost");
    auto options = database.options;
    options.connection = [] {
        return store::test::server_under_test().own(hcp::test::MariaDb::shared().socket(), "contract", "clerk");
    };
    const auto checked = [&] { return check_database(options, now, max_skew); };

    const auto sound = checked();
    for (const auto& one : sound) {
        INFO(one.about << "：" << one.text);
        CHECK(one.kind != Kind::fault);
    }
    for (const auto* about : {"连接", "结构", "权限", "时钟"}) CHECK_FALSE(said_of(sound, Kind::fine, about).empty());

    const auto ahead = said_of(check_database(options, now - 1h, max_skew), Kind::warning, "时钟");
    CHECK(has(ahead, "快 3"));
    CHECK(has(ahead, "max_skew_ms"));

    root.run("alter table contract.cases drop index cases_secret");
    root.run("alter table contract.instances modify token varchar(300)");
    root.run("alter table contract.instances add column theirs int");  // the DBA's own matter
    const auto changed = said_of(checked(), Kind::fault, "结构");
    CHECK(has(changed, "缺少 index cases_secret on cases"));
    CHECK(has(changed, "300"));
    CHECK_FALSE(has(changed, "theirs"));
    root.run("drop database contract");  // the next who takes it makes it anew
    CHECK(std::ranges::count(checked(), Kind::fault, &Remark::kind) == 1);

    const store::test::ServerDatabase anew;
    root.run("revoke delete on contract.* from clerk@localhost");
    const auto rights = said_of(checked(), Kind::fault, "权限");
    CHECK(has(rights, "delete 不可用"));
    CHECK(has(rights, "cases（"));
    CHECK_FALSE(has(rights, "update 不可用"));
    root.run("drop user clerk@localhost");
    CHECK_FALSE(said_of(checked(), Kind::fault, "连接").empty());
}

SCENARIO("every column for text gives back what it was given, rare characters as well", "[store][server]") {
    store::test::ServerDatabase database;
    const auto& dialect = store::test::server_under_test().dialect;
    const auto session = dialect.open(database.options, Access::write, false);
    std::deque<std::string> texts;
    std::deque<Statement> statements;
    const domain::Bytes bytes(32, 7);
    std::size_t tried = 0;
    session->begin(Access::write);
    for (const auto& table : whole_schema(dialect)) {
        if (table.kind != SchemaObject::Kind::table || table.name == "schema_history") continue;
        std::string places, names;
        Encoder row;
        for (const auto& [name, type, null] : table.columns) {
            places += (places.empty() ? ":" : ", :") + name;
            if (is_text(type)) {
                names += (names.empty() ? "" : ", ") + name;
                row(name, texts.emplace_back(fitting(type, database.options.backend == ports::Backend::oracle)));
            } else if (has(type, "blob") || has(type, "binary") || has(type, "raw")) {
                row(name, bytes);
            } else {
                row(name, std::int64_t{1});
            }
        }
        INFO(table.name);
        const auto& insert = texts.emplace_back("insert into " + table.name + " values (" + places + ")");
        session->each(statements.emplace_back(Statement{"tests.insert", insert.c_str()}), row);
        if (names.empty()) continue;
        const auto& query = texts.emplace_back("select " + names + " from " + table.name);
        session->query(statements.emplace_back(Statement{"tests.query", query.c_str()}), {}, {}, [&](const Row& found) {
            for (int column = 0; const auto& [name, type, null] : table.columns) {
                if (!is_text(type)) continue;
                INFO(name);
                const auto given = std::find(row.names().begin(), row.names().end(), name) - row.names().begin();
                CHECK(found.text(column++) == row.values()[static_cast<std::size_t>(given)].content);
                ++tried;
            }
        });
    }
    session->rollback();
    CHECK(tried > 40);
}
