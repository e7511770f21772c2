#include "tests/store/server_fixture.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>

namespace hcp::store::test {
namespace {

// Set by on_real.sh: the real server is meant, not the tests' own.
bool is_real() {
    return std::getenv("HCP_ON_REAL") != nullptr;
}

std::string connection() {
    const auto& server = server_under_test();
    if (!is_real()) return server.own(hcp::test::MariaDb::shared().socket(), "contract", "root");
    const auto* const named = std::getenv(server.real);
    if (named == nullptr) throw std::runtime_error{std::string{server.real} + " is not set"};
    return named;
}

// Those that refer to others before them.
std::vector<std::string> tables(const Dialect& dialect) {
    std::vector<std::string> names;
    for (const auto& file : dialect.migrations()) {
        constexpr std::string_view make = "create table ", unless = "if not exists ";
        auto text = file.text.substr(std::min(file.text.find(make), file.text.size()));
        if (text.empty()) continue;
        text.remove_prefix(make.size());
        if (text.starts_with(unless)) text.remove_prefix(unless.size());
        names.emplace_back(text.substr(0, text.find(' ')));
    }
    std::reverse(names.begin(), names.end());
    return names;
}

// Everything in it is deleted again and again: it must be there for that.
void need_schema_for_tests(Session& session, const std::vector<std::string>& tables) {
    constexpr const char* marker = "hcp_tests_may_delete_all";
    if (session.has_table(marker)) return;
    for (const auto& table : tables)
        if (session.has_table(table)) throw std::runtime_error{"not a schema of the tests: it has a table " + table};
    session.step("create table " + std::string{marker} + " (n int)");
}

}  // namespace

ServerDatabase::ServerDatabase() {
    const auto& server = server_under_test();
    options.backend = server.backend;
    options.connection = [] { return connection(); };
    if (!is_real()) Administrator{}.run("create database if not exists contract character set utf8mb4");
    const auto all = tables(server.dialect);
    const auto session = server.dialect.open(options, Access::write, false);
    if (is_real()) need_schema_for_tests(*session, all);
    contract::must(migrate(options, contract::monday));
    session->begin(Access::write);
    for (const auto& table : all)
        if (table != "schema_history") session->step("delete from " + table);
    session->commit();
}

ports::result<void> asked(ports::Store& store) {
    return store.read([](ports::Snapshot& rows) -> ports::result<void> {
        HCP_CHECK(rows.ledger().heads());
        return {};
    });
}

bool comes_true(const std::function<bool()>& condition) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{30};
    while (!condition() && std::chrono::steady_clock::now() < until)
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    return condition();
}

}  // namespace hcp::store::test
