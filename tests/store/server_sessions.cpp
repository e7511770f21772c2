#include "adapters/store/statement.hpp"
#include "tests/store/server_fixture.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

using namespace hcp;
using namespace hcp::store;
using namespace std::chrono_literals;
using contract::must;

namespace {

std::vector<std::string> clients(store::test::Administrator& root) {
    return root.run("select id from information_schema.processlist where db = 'contract'");
}

auto lanes(ports::Store& store) {
    return store.read([](ports::Snapshot& rows) -> ports::result<void> {
        HCP_TRY(const auto heads, rows.ledger().heads());
        (void)heads;
        return {};
    });
}

}  // namespace

SCENARIO("the server prepares every statement", "[store][server]") {
    const store::test::ServerDatabase database;
    store::test::Administrator root;
    root.run("use contract");
    root.run("set sql_mode = '" + store::test::server_under_test().sql_mode + "'");
    std::size_t prepared = 0;
    for (const auto& [name, text, own] : statements(database.options.backend)) {
        for (std::string_view rest = text; !rest.empty();) {
            const auto end = std::min(rest.find(or_else), rest.size());
            auto sql = driver_text(rest.substr(0, end), 2).sql;
            INFO(name << ": " << sql);
            for (auto at = sql.find('\''); at != std::string::npos; at = sql.find('\'', at + 2))
                sql.insert(at, 1, '\'');
            CHECK_NOTHROW(root.run("prepare it from '" + sql + "'"));
            rest.remove_prefix(std::min(end + or_else.size(), rest.size()));
            ++prepared;
        }
    }
    CHECK(prepared > 50);
    CHECK_THROWS(root.run("prepare it from 'selec id from cases'"));
    CHECK_THROWS(root.run("prepare it from 'select no_such_column from cases'"));
}

SCENARIO("a connection that the server closed is made anew before anything is lost", "[store][server]") {
    store::test::ServerDatabase database;
    const auto store = database.open();
    store::test::Administrator root;
    for (int round = 0; round < 3; ++round) {
        const auto before = clients(root);
        REQUIRE(before.size() > 1);
        for (const auto& id : before) root.run("kill connection " + id);
        CHECK(lanes(*store));
        CHECK(store->write([](ports::Transaction&) -> ports::result<void> { return {}; }));
        CHECK(must(store->server_time()));
    }
}

SCENARIO("while the server is away nobody waits for it, and when it is back it is used again", "[store][server]") {
    store::test::ServerDatabase database;
    const auto store = database.open();
    auto& server = hcp::test::MariaDb::shared();
    server.stop();
    CHECK(lanes(*store).error() == ports::store_errc::unavailable);
    const auto began = std::chrono::steady_clock::now();
    for (int i = 0; i < 1000; ++i) CHECK(lanes(*store).error() == ports::store_errc::unavailable);
    // Also to those who were not let through to it: why.
    CHECK(store->complaint().find("connect") != std::string::npos);
    CHECK(std::chrono::steady_clock::now() - began < database.options.connect_timeout);
    server.start();
    const auto until = std::chrono::steady_clock::now() + 30s;
    while (!lanes(*store) && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(50ms);
    CHECK(lanes(*store));
    CHECK(store->write([](ports::Transaction&) -> ports::result<void> { return {}; }));
}

SCENARIO("what an administrator has set for others changes nothing for us", "[store][server]") {
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
