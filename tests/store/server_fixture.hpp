#pragma once
#include "adapters/store/sql_store.hpp"
#include "tests/contract/store/samples.hpp"
#include "tests/contract/store/store_contract.hpp"
#include "tests/store/server_under_test.hpp"
#include "tests/support/mariadb.hpp"

#include <mysql.h>

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace hcp::store::test {

// The administrator of the tests' own server, outside of the adapter.
class Administrator {
public:
    Administrator() : db_{mysql_init(nullptr), mysql_close} {
        const auto server = hcp::test::MariaDb::shared().socket();
        if (mysql_real_connect(db_.get(), nullptr, "root", nullptr, nullptr, 0, server.c_str(), 0) == nullptr)
            throw std::runtime_error{::mysql_error(db_.get())};
    }
    // Answers the first column.
    std::vector<std::string> run(const std::string& sql) {
        if (mysql_real_query(db_.get(), sql.data(), sql.size()) != 0)
            throw std::runtime_error{sql + ": " + ::mysql_error(db_.get())};
        std::vector<std::string> column;
        const std::unique_ptr<MYSQL_RES, void (*)(MYSQL_RES*)> rows{mysql_store_result(db_.get()), mysql_free_result};
        if (rows != nullptr)
            while (auto* const row = mysql_fetch_row(rows.get())) column.emplace_back(row[0]);
        return column;
    }
    // The connections of whoever uses the database of the tests.
    std::vector<std::string> clients() {
        return run("select id from information_schema.processlist where db = 'contract'");
    }
    void close_all() {
        for (const auto& id : clients()) run("kill connection " + id);
    }

private:
    std::unique_ptr<MYSQL, void (*)(MYSQL*)> db_;
};

// The schema is made once and emptied for each who takes it.
class ServerDatabase : public contract::Database {
public:
    ServerDatabase();
    std::unique_ptr<ports::Store> open() override { return contract::must(open_store(options)); }

    StoreOptions options;
};

// Reads through the store.
[[nodiscard]] ports::result<void> asked(ports::Store& store);

// A server comes back in its own time.
[[nodiscard]] bool comes_true(const std::function<bool()>& condition);

}  // namespace hcp::store::test
