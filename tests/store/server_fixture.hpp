#pragma once
#include "adapters/store/sql_store.hpp"
#include "tests/contract/store/samples.hpp"
#include "tests/contract/store/store_contract.hpp"
#include "tests/store/server_under_test.hpp"
#include "tests/support/mariadb.hpp"

#include <mysql.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace hcp::store::test {

// The server's administrator, outside of the adapter and unhindered by foreign keys.
class Administrator {
public:
    Administrator() : db_{mysql_init(nullptr), mysql_close} {
        const auto server = hcp::test::MariaDb::shared().socket();
        if (mysql_real_connect(db_.get(), nullptr, "root", nullptr, nullptr, 0, server.c_str(), 0) == nullptr)
            throw std::runtime_error{::mysql_error(db_.get())};
        run("set foreign_key_checks = 0");
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

private:
    std::unique_ptr<MYSQL, void (*)(MYSQL*)> db_;
};

// The schema is made once for the whole program and emptied for each who takes it.
class ServerDatabase : public contract::Database {
public:
    ServerDatabase() {
        options.backend = server_under_test().backend;
        options.connection = [] {
            return server_under_test().connection(hcp::test::MariaDb::shared().socket(), "contract", "root");
        };
        Administrator root;
        root.run("create database if not exists contract character set utf8mb4");
        contract::must(migrate(options, contract::monday));
        for (const auto& table : root.run("select table_name from information_schema.tables where table_schema = "
                                          "'contract' and table_name <> 'schema_history'"))
            root.run("delete from contract." + table);
    }
    std::unique_ptr<ports::Store> open() override { return contract::must(open_store(options)); }

    StoreOptions options;
};

}  // namespace hcp::store::test
