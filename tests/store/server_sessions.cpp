#include "adapters/store/statement.hpp"
#include "tests/store/server_fixture.hpp"

#include <algorithm>
#include <chrono>

using namespace hcp;
using namespace hcp::store;
using namespace std::chrono_literals;
using contract::must;
using store::test::asked, store::test::comes_true;

SCENARIO("the server prepares every statement", "[store][server]") {
    const store::test::ServerDatabase database;
    const auto& server = store::test::server_under_test();
    const auto prepare = server.preparing(must(database.options.connection()));
    std::size_t prepared = 0;
    for (const auto& [name, text, own] : statements(server.backend)) {
        for (std::string_view rest = text; !rest.empty();) {
            const auto end = std::min(rest.find(or_else), rest.size());
            const auto sql = driver_text(rest.substr(0, end), 2).sql;
            INFO(name << ": " << sql);
            CHECK_NOTHROW(prepare(sql));
            rest.remove_prefix(std::min(end + or_else.size(), rest.size()));
            ++prepared;
        }
    }
    CHECK(prepared > 50);
    CHECK_THROWS(prepare("select id from cases where"));
    CHECK_THROWS(prepare("select no_such_column from cases"));
}

SCENARIO("the columns of every query are what the product reads them as", "[store][server]") {
    const store::test::ServerDatabase database;
    const auto& server = store::test::server_under_test();
    store::test::compare_column_types(server.dialect, server.preparing(must(database.options.connection())), 0);
}

SCENARIO("a connection that the server closed is made anew before anything is lost", "[store][server][own-server]") {
    store::test::ServerDatabase database;
    const auto store = database.open();
    store::test::Administrator root;
    for (int round = 0; round < 3; ++round) {
        REQUIRE(root.clients().size() > 1);
        root.close_all();
        CHECK(asked(*store));
        CHECK(store->write([](ports::Transaction&) -> ports::result<void> { return {}; }));
        CHECK(must(store->server_time()));
    }
}

SCENARIO("of several ways the first that works is taken, and left when it does not do any more",
         "[store][server][administrator]") {
    store::test::ServerDatabase database;
    store::test::Administrator root;
    root.run("create or replace user guest@localhost");
    root.run("grant select, insert, update, delete on contract.* to guest@localhost");
    const auto by = [](const std::string& socket, const std::string& user) {
        return store::test::server_under_test().own(socket, "contract", user) + "\n";
    };
    const auto socket = hcp::test::MariaDb::shared().socket();
    std::vector<std::string> warnings;
    auto options = database.options;
    options.readers = 1;
    options.warn = [&](const std::string& text) { warnings.push_back(text); };
    options.connection = [&] { return by("/nowhere", "guest") + by(socket, "guest") + "\n" + by(socket, "root"); };
    const auto store = must(open_store(options));
    const auto said = [&](std::string_view part) {
        return std::ranges::count_if(warnings, [&](const auto& one) { return one.find(part) != std::string::npos; });
    };
    CHECK(said("第 2 行") == 1);
    contract::Samples make;
    const auto write = [&] {
        const auto subject = make.subject();
        return store->write([&](ports::Transaction& rows) { return rows.subjects().insert(std::span{&subject, 1}); });
    };
    const auto guests = [&] { return root.run("select id from information_schema.processlist where user = 'guest'"); };
    REQUIRE(write());
    REQUIRE(asked(*store));
    CHECK_FALSE(guests().empty());

    root.run("set global read_only = 1");  // to whom it does not apply is the other node
    CHECK(write().error() == ports::store_errc::unavailable);
    CHECK(write());
    CHECK(said("第 3 行") == 1);
    CHECK(asked(*store));
    CHECK(comes_true([&] { return guests().empty(); }));  // the reader has gone with the writer

    root.run("set global read_only = 0");
    CHECK(write());
    CHECK(guests().empty());  // nobody goes back without need
    root.run("drop user guest@localhost");
}

SCENARIO("while the server is away nobody waits for it, and when it is back it is used again",
         "[store][server][own-server]") {
    store::test::ServerDatabase database;
    const auto store = database.open();
    auto& server = hcp::test::MariaDb::shared();
    server.stop();
    CHECK(asked(*store).error() == ports::store_errc::unavailable);
    const auto began = std::chrono::steady_clock::now();
    for (int i = 0; i < 1000; ++i) CHECK(asked(*store).error() == ports::store_errc::unavailable);
    // Also to those who were not let through to it: why.
    CHECK(store->complaint().find("connect") != std::string::npos);
    CHECK(std::chrono::steady_clock::now() - began < database.options.connect_timeout);
    server.start();
    CHECK(comes_true([&] { return asked(*store).has_value(); }));
    CHECK(store->write([](ports::Transaction&) -> ports::result<void> { return {}; }));
}

SCENARIO("what an administrator has set for others changes nothing for us", "[store][server][own-server]") {
    store::test::ServerDatabase database;
    store::test::Administrator root;
    root.run("set global sql_mode = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES'");
    root.run("set global time_zone = '+09:00'");
    const auto store = database.open();
    const std::string text = R"(\' "双引号" \n 𠮷·😀 １２３ ')";
    const auto told = must(store->server_time());
    CHECK(std::chrono::abs(*told - std::chrono::time_point_cast<std::chrono::microseconds>(
                                       std::chrono::system_clock::now())) < 1min);
    const ports::ReferenceRow row{ports::ReferenceKind::calendar, "v", "s", text, contract::monday};
    REQUIRE(store->write([&](ports::Transaction& rows) { return rows.references().insert(std::span{&row, 1}); }));
    const auto read = contract::reading(
        *store, [](ports::Snapshot& rows) { return rows.references().of(ports::ReferenceKind::calendar); });
    REQUIRE(read.size() == 1);
    CHECK(read.front().content == text);
    root.run("set global sql_mode = default");
    root.run("set global time_zone = default");
}

SCENARIO("a text of any length comes back as it went in", "[store][server]") {
    store::test::ServerDatabase database;
    const auto store = database.open();
    std::vector<ports::ReferenceRow> rows;
    for (const std::size_t size :
         std::initializer_list<std::size_t>{1, 1999, 2000, 2001, 4094, 4095, 4096, 8191, 100'000}) {
        std::string text;
        for (std::size_t i = 0; i < size; ++i) text += i % 7 == 3 ? "𠮷" : i % 3 == 0 ? "默" : "x";
        rows.push_back({ports::ReferenceKind::tags, std::to_string(size), "s", text, contract::monday});
    }
    REQUIRE(store->write([&](ports::Transaction& all) { return all.references().insert(rows); }));
    const auto read =
        contract::reading(*store, [](ports::Snapshot& all) { return all.references().of(ports::ReferenceKind::tags); });
    REQUIRE(read.size() == rows.size());
    for (const auto& row : rows) {
        INFO(row.version);
        const auto found =
            std::find_if(read.begin(), read.end(), [&](const auto& r) { return r.version == row.version; });
        REQUIRE(found != read.end());
        CHECK((found->content == row.content));
    }
}

SCENARIO("a connection that changes texts is refused with the remedy", "[store][server][own-server]") {
    store::test::ServerDatabase database;
    if (database.options.backend == ports::Backend::mysql) return;  // its session sets the character set itself
    auto connection = *database.options.connection();
    connection.replace(connection.find("utf8mb4"), 7, "latin1");
    database.options.connection = [&] { return connection; };
    std::string why;
    CHECK_FALSE(open_store(database.options, &why));
    CHECK(why.find("CHARSET=utf8mb4") != std::string::npos);
}

SCENARIO("a batch goes in whole after a single row, whatever its size", "[store][server]") {
    store::test::ServerDatabase database;
    const auto store = database.open();
    contract::Samples make;
    std::vector<ports::CaseRow> all;
    for (const std::size_t size : std::initializer_list<std::size_t>{600, 1, 2, 1, 7, 1, 19, 1, 3}) {
        std::vector<ports::CaseRow> some;
        for (std::size_t i = 0; i < size; ++i) some.push_back(make.completion());
        REQUIRE(store->write([&](ports::Transaction& rows) { return rows.cases().insert(some); }));
        all.insert(all.end(), some.begin(), some.end());
    }
    std::vector<domain::Digest> keys;
    for (const auto& row : all) keys.push_back(row.key_digest);
    const auto found = contract::reading(*store, [&](ports::Snapshot& rows) { return rows.cases().by_key(keys); });
    REQUIRE(found.size() == all.size());
    for (std::size_t i = 0; i < all.size(); ++i) CHECK((found[i] && found[i]->id == all[i].id));
}

SCENARIO("what an old schema's character set would change is refused by name, what a power cut may lose is told",
         "[store][server][administrator]") {
    store::test::ServerDatabase database;
    if (database.options.backend != ports::Backend::mysql) return;  // elsewhere nothing of it is the schema's to choose
    store::test::Administrator root;
    std::vector<std::string> warnings;
    database.options.warn = [&](const std::string& text) { warnings.push_back(text); };
    // The tests' own server keeps nothing over a power cut.
    CHECK(open_store(database.options));
    REQUIRE(warnings.size() == 1);
    CHECK(warnings.front().find("innodb_flush_log_at_trx_commit 是 2") != std::string::npos);
    for (const std::string set : {"latin1", "utf8mb3"}) {
        root.run("alter table contract.cases modify project_name varchar(200) character set " + set);
        std::string why;
        CHECK(open_store(database.options, &why).error() == ports::store_errc::corrupt);
        CHECK(why.find("cases.project_name（" + set + "）") != std::string::npos);
        CHECK(why.find("alter table cases convert to character set utf8mb4") != std::string::npos);
    }
    root.run("alter table contract.cases modify project_name varchar(200) character set utf8mb4 collate utf8mb4_bin");
    CHECK(open_store(database.options));
}

SCENARIO("whatever a database's own character set is, texts are Unicode", "[store][server][administrator]") {
    store::test::ServerDatabase database;
    store::test::Administrator root;
    if (database.options.backend != ports::Backend::mysql) return;  // its national types are not the stand-in's
    for (const std::string set : {"latin1", "utf8mb3", "gbk"}) {
        const auto name = "in_" + set;
        root.run("create or replace database " + name + " character set " + set);
        auto options = database.options;
        options.connection = [name] {
            return store::test::server_under_test().own(hcp::test::MariaDb::shared().socket(), name, "root");
        };
        must(migrate(options, contract::monday));
        const auto store = must(open_store(options));
        contract::Samples make;
        auto row = make.completion();
        row.project_name = row.node = row.department_name = "王𠮷·😀１２";
        REQUIRE(store->write([&](ports::Transaction& rows) { return rows.cases().insert(std::span{&row, 1}); }));
        const auto read = contract::reading(*store, [&](ports::Snapshot& rows) {
            return rows.cases().by_key(std::span{&row.key_digest, 1});
        });
        REQUIRE(read.front());
        CHECK(read.front()->project_name == row.project_name);
        CHECK(read.front()->node == row.node);
        CHECK(read.front()->department_name == row.department_name);
        root.run("drop database " + name);
    }
}
